import { randomInt, randomUUID } from 'node:crypto';
import { createNumbers, type Numbers } from './numbers';
import type { StoredCallRecord } from './storedCallRecord';

/** A SIP trunk as the account holds it. `null` is a setting that was never made. */
export interface StoredTrunk {
	id: string;
	username: string;
	password: string;
	caller_id_number: string;
	enabled: boolean;
	area_code: string | null;
	description: string | null;
	hide_caller_id: boolean;
	sms_sender: string | null;
	softphone_show_balance: boolean;
	softphone_sync_sms: boolean;
}

/** A trunk to put into the account directly, past the rules of the API. */
export type TrunkSeed = Partial<StoredTrunk>;

export type TrunkSettings = Partial<Omit<StoredTrunk, 'id' | 'username'>>;

export const defaultVerifiedNumbers: readonly string[] = [
	'61291234567',
	'61398765432',
	'61731234567',
	'61412345678',
	'61498765432',
	'61870101234',
];

export interface Account {
	readonly accountCode: string;
	readonly numbers: Numbers;
	/** Dollars, since the start. */
	readonly spent: number;
	/** Takes so many dollars from the balance. */
	charge(amount: number): void;
	verifiedNumbers(): string[];
	/** As the portal does it. @param numbers all that are verified from now on */
	verify(numbers: readonly string[]): void;
	callRecords(): readonly StoredCallRecord[];
	addCallRecords(records: StoredCallRecord[]): void;
	/** Copies, in order of creation. */
	trunks(): StoredTrunk[];
	/** A copy, or undefined when the account has no such trunk. */
	find(id: string): StoredTrunk | undefined;
	/** Throws an Error when the id or the username is taken. */
	add(seed?: TrunkSeed): StoredTrunk;
	/** Changes what is given and nothing else; answers the whole trunk. */
	update(trunk: StoredTrunk, settings: TrunkSettings): StoredTrunk;
	/** False when there was no such trunk. */
	remove(id: string): boolean;
	/** Forgets every trunk, what was paid and what was verified since the start, and takes these trunks instead. */
	restore(trunks: StoredTrunk[]): void;
}

function withoutUndefined<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

/**
 * Makes an account that lives in memory.
 *
 * @param verifiedAtStart numbers in the API's form, e.g. '61291234567'
 * @param now milliseconds since 1970
 * @returns the account, without trunks. New trunks get the documented defaults, a UUID and a
 *   username of CT and six digits (docs/crazytel-api.md, "SIP trunk"). A number that is bought is verified by itself
 */
export function createAccount(verifiedAtStart: readonly string[], now: () => number = Date.now): Account {
	let spent = 0;
	let verifiedNumbers = verifiedAtStart;
	const stored = new Map<string, StoredTrunk>();
	const numbers = createNumbers(now);

	const records: StoredCallRecord[] = [];

	const usernameTaken = (username: string) => [...stored.values()].some((trunk) => trunk.username === username);

	function freeUsername(): string {
		for (;;) {
			const username = `CT${randomInt(1_000_000).toString().padStart(6, '0')}`;
			if (!usernameTaken(username)) return username;
		}
	}

	return {
		accountCode: '0031742',
		numbers,
		get spent() {
			return spent;
		},
		charge: (amount) => void (spent += amount),
		verifiedNumbers: () => [
			...new Set([...verifiedNumbers, ...numbers.owned().map(({ did_number: number }) => number)]),
		],
		verify: (now) => void (verifiedNumbers = [...now]),
		callRecords: () => records,
		addCallRecords(added) {
			for (const record of added) records.push(record);
		},
		trunks: () => [...stored.values()].map((trunk) => ({ ...trunk })),
		find(id) {
			const trunk = stored.get(id.toLowerCase());
			return trunk && { ...trunk };
		},
		add(seed = {}) {
			const trunk: StoredTrunk = {
				id: randomUUID(),
				username: seed.username ?? freeUsername(),
				password: 'Sandbox1pass',
				caller_id_number: verifiedNumbers[0] ?? '61291234567',
				enabled: true,
				area_code: null,
				description: null,
				hide_caller_id: false,
				sms_sender: null,
				softphone_show_balance: true,
				softphone_sync_sms: false,
				...withoutUndefined(seed),
			};
			const key = trunk.id.toLowerCase();
			if (stored.has(key)) throw new Error(`The account has a trunk with the id ${trunk.id}.`);
			if (usernameTaken(trunk.username)) {
				throw new Error(`The account has a trunk with the username ${trunk.username}.`);
			}
			stored.set(key, trunk);
			return { ...trunk };
		},
		update(trunk, settings) {
			const updated = { ...trunk, ...withoutUndefined(settings) };
			stored.set(trunk.id.toLowerCase(), updated);
			return { ...updated };
		},
		remove: (id) => stored.delete(id.toLowerCase()),
		restore(trunks) {
			stored.clear();
			spent = 0;
			verifiedNumbers = verifiedAtStart;
			records.length = 0;
			for (const trunk of trunks) stored.set(trunk.id.toLowerCase(), { ...trunk });
		},
	};
}
