import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { type FaultRule, type Sandbox, startSandbox, type StoredCallRecord, type StoredTrunk } from '../../sandbox';
import type { Profile } from '../../sandbox/profile';
import { hintsOf, play, theEngine, time, writes } from '../engine/scene';
import { toldOf } from '../promises/told';

/** What a run says of its one item. */
export type Said =
	/** Done, with these outputs. */
	| { gave: IDataObject[] }
	/** Not done, or who knows. */
	| { words: string };

/** What may change in an account, at most. All else is to stay as it is. */
export interface Change {
	/** How many trunks are made. */
	makes?: number;
	/** The settings of the trunk in question. */
	sets?: string[];
	removes?: boolean;
	/** The settings of the phone number in question. */
	setsNumber?: string[];
	/** The number that is bought, once. */
	buys?: string;
	/** How many messages are sent. */
	sends?: number;
}

/** A password that is entered, and those of the trunks that are there: they are shown nowhere. */
const ENTERED = 'Canary1Entered';
const SEEDED = 'Canary2Seeded';

/** For the parameters of a create: the password is in effect, and in no output. */
export const enteredPassword: INodeParameters = { passwordSource: 'enter', password: `={{ "${ENTERED}" }}` };

/** The trunk that a case is about: no list in pages shows it first. */
export const TRUNK = { id: '33333333-3333-4333-8333-333333333333', username: 'CT100003', description: 'Gamma' };

const TRUNKS = [
	{ id: '11111111-1111-4111-8111-111111111111', username: 'CT100001', description: 'Acme' },
	{ id: '22222222-2222-4222-8222-222222222222', username: 'CT100002', description: 'Beta' },
	TRUNK,
];

/** Numbers of the account; the last one is the one that a case is about, and somebody sells it still. */
export const NUMBER = '61291110003';
const NUMBERS = ['61291110001', '61291110002', NUMBER];

/** One that can be bought. */
export const OFFER = '61391110000';

export const RECORDS = 1_050;
const FIRST_RECORD = Date.UTC(2026, 10, 1);

/** Of the account, and of nobody else. */
const KEYS = { apiKey: 'canary-account-key', smsApiKey: 'canary-sms-key' };

let accounts = 0;

/** An account that is as a profile has it, and a case that is played on it. */
export class Account {
	private readonly before: ReturnType<Account['state']>;
	private readonly hints: string[] = [];

	private constructor(
		readonly sandbox: Sandbox,
		readonly honoursKeys: boolean,
	) {
		this.before = this.state();
	}

	/** @returns an account with trunks, numbers and call records */
	static async open({ switches }: Profile): Promise<Account> {
		accounts++;
		const sandbox = await startSandbox({
			now: time.now,
			// The node remembers what it has made in an account, which it knows by its key.
			apiKey: `${KEYS.apiKey}-${accounts}`,
			smsApiKey: `${KEYS.smsApiKey}-${accounts}`,
			switches: { rateLimit: 0, ...switches },
			trunks: TRUNKS.map((trunk) => ({ ...trunk, password: SEEDED, area_code: '02', sms_sender: '61412345678' })),
		});
		for (const did_number of NUMBERS) {
			sandbox.numbers.add({
				did_number,
				description: `Line ${did_number.slice(-1)}`,
				primary_route: 'server',
				primary_destination: 'CT100001',
				primary_timeout: 45,
				backup_route: 'device',
				backup_destination: 'CT100002',
			});
		}
		sandbox.numbers.offer({ did_number: NUMBER });
		sandbox.numbers.offer({ did_number: OFFER });
		sandbox.addCallRecords(
			Array.from(
				{ length: RECORDS },
				(_, row): StoredCallRecord => ({
					at: FIRST_RECORD + row * 60_000,
					type: 'voice',
					extension: TRUNK.username,
					columns: { row, total_cost: 0.1 },
				}),
			),
		);
		return new Account(sandbox, switches.idempotencyKeys !== 'ignored');
	}

	/** Something goes wrong with one of the coming requests. */
	fault(rule: FaultRule): void {
		this.sandbox.fault(rule);
	}

	/** Runs one item through the node; no key and no password that was entered or there before may turn up. */
	async play(parameters: INodeParameters): Promise<Said> {
		const before = this.state();
		const scene = await play(this.sandbox, {
			items: [{}],
			parameters,
			node: { onError: 'continueErrorOutput' },
			credential: this.credential,
		});
		const hints = hintsOf(scene);
		this.hints.push(...hints);
		for (const secret of [...Object.values(KEYS), ENTERED, SEEDED]) expect(scene.stored).not.toContain(secret);

		const [said] = toldOf(scene, 1);
		if (said === undefined || !('words' in said))
			return { gave: said === undefined || said.gave === 'written' ? [] : said.gave };
		// What is called not sent, or not done, is not.
		if (/Nothing was|Not sent/.test(said.words) && !/It is unknown whether/.test(said.words))
			expect(this.state()).toStrictEqual(before);
		const passwords = this.sandbox.trunks().map(({ password }) => password);
		// One that may be in effect, and that nobody else has, is shown with words that say so.
		for (const password of passwords) expect([said.words, ...hints].join(' ')).not.toContain(password);
		return said;
	}

	/** The options of a dropdown. */
	async options(method: string): Promise<unknown[]> {
		return (await (await theEngine()).loadOptions(method, this.credential)).map(({ value }) => value);
	}

	/** The trunk with this id. */
	trunk(id: unknown = TRUNK.id): StoredTrunk | undefined {
		return this.sandbox.trunks().find((trunk) => trunk.id === id);
	}

	/** A trunk that is called written is there, has what was asked for, and is shown as it is. */
	expectTrunk(shown: IDataObject | undefined, asked: Partial<StoredTrunk>): void {
		const trunk = this.trunk(shown?.id);
		expect(trunk).toMatchObject(asked);
		this.expectShown(shown, trunk);
	}

	/** The number of the case has what was asked for, and is shown as it is. */
	expectNumber(shown: IDataObject | undefined, number: string, asked: IDataObject): void {
		const owned = this.sandbox.numbers.find(number);
		expect(owned).toMatchObject(asked);
		this.expectShown(shown, owned);
		expect(Object.values(shown ?? {})).toContain(number);
	}

	/** An output shows of a thing what is so. */
	private expectShown(shown: IDataObject = {}, thing: object = {}): void {
		const same = Object.entries(thing).filter(([name]) => Object.hasOwn(shown, name));
		expect(shown).toMatchObject(Object.fromEntries(same));
	}

	/** What has been hinted at that fits. */
	hint(words: RegExp): string | undefined {
		return this.hints.find((hint) => words.test(hint));
	}

	/** No request that writes has come. */
	expectNoWrite(): void {
		expect(writes(this.sandbox)).toStrictEqual([]);
	}

	/** Nothing has changed but what may. */
	expectRest(
		{ makes = 0, sets = [], removes = false, setsNumber = [], buys, sends = 0 }: Change,
		isDone: boolean,
	): void {
		const { trunks, owned, purchases, messages } = this.state();
		const ids = this.before.trunks.map(({ id }) => id);
		expect(trunks.filter(({ id }) => !ids.includes(id)).length).toBeLessThanOrEqual(makes);
		for (const before of this.before.trunks) {
			const now = trunks.find(({ id }) => id === before.id);
			if (now === undefined && removes && before.id === TRUNK.id) continue;
			expect(now).toStrictEqual(before.id === TRUNK.id ? { ...before, ...picked(now, sets) } : before);
		}
		for (const before of this.before.owned) {
			const now = owned.find(({ did_number }) => did_number === before.did_number);
			if (before.did_number !== NUMBER || setsNumber.length === 0) {
				expect(now).toStrictEqual(before);
				continue;
			}
			const changed = Object.entries(before).filter(
				([name, value]) => (now as never)[name] !== value && !setsNumber.includes(name),
			);
			// What the API resets by itself is told where the number is called changed, or that nobody can see it.
			if (changed.length > 0 && isDone)
				expect(
					this.hint(/was also changed where nobody has asked for it|what was not named could not be seen/),
				).toBeDefined();
		}
		expect(purchases.filter((number) => number !== buys)).toStrictEqual([]);
		expect(purchases.length).toBeLessThanOrEqual(1);
		expect(messages.length).toBeLessThanOrEqual(sends);
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	private get credential(): ICredentialDataDecryptedObject {
		const { apiKey, smsApiKey, url } = this.sandbox;
		return { apiKey, smsApiKey, baseUrl: url, requestsPerMinute: 0 };
	}

	private state() {
		const { numbers } = this.sandbox;
		return {
			trunks: this.sandbox.trunks(),
			owned: numbers.owned(),
			purchases: numbers.purchases().map(({ did_number }) => did_number),
			messages: this.sandbox.messages(),
		};
	}
}

function picked(thing: object | undefined, names: string[]): object {
	return Object.fromEntries(Object.entries(thing ?? {}).filter(([name]) => names.includes(name)));
}
