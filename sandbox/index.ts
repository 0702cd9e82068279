import express from 'express';
import { createAccount, defaultVerifiedNumbers, type StoredTrunk, type TrunkSeed } from './account';
import { createApi } from './api';
import { balanceOf } from './balance';
import { createHistory } from './careless';
import { createControl } from './control';
import { openDoor } from './door';
import { createFaults, type FaultRule } from './faults';
import type { Numbers } from './numbers';
import { createRateLimit } from './rateLimit';
import { createRequestLog, type RecordedRequest } from './requestLog';
import { createSms, type SentSms } from './sms';
import type { StoredCallRecord } from './storedCallRecord';
import { defaultSwitches, readSwitches, type Switches } from './switches';
import { createWaiting } from './waiting';

export { defaultVerifiedNumbers, type StoredTrunk, type TrunkSeed } from './account';
export { type RequestKind } from './endpoints';
export { type FaultRule, type Play } from './faults';
export { type RecordedRequest } from './requestLog';
export { PRICE_OF_PART, type SentSms } from './sms';
export { type StoredCallRecord } from './storedCallRecord';
export { defaultSwitches, type Switches } from './switches';

export interface SandboxOptions {
	/** 0, the default, is any free port. */
	port?: number;
	apiKey?: string;
	/** The account's other key: it sends messages, and all else refuses it with 403. */
	smsApiKey?: string;
	verifiedNumbers?: string[];
	trunks?: TrunkSeed[];
	switches?: Partial<Switches>;
	/** The clock of the rate limit, milliseconds since 1970. */
	now?: () => number;
}

export interface Sandbox {
	/** http://127.0.0.1:PORT, without a slash at the end. */
	readonly url: string;
	readonly apiKey: string;
	readonly smsApiKey: string;
	/** In order of arrival, without those to the control endpoint; the last 100,000. */
	readonly requests: RecordedRequest[];
	/** Copies with their passwords, in order of creation. */
	trunks(): StoredTrunk[];
	verifiedNumbers(): string[];
	/** As the portal does it: these are verified from now on. */
	verify(numbers: readonly string[]): void;
	/** The phone numbers, what was bought and what that cost. */
	readonly numbers: Numbers;
	/** The messages that were sent, oldest first. */
	messages(): SentSms[];
	/** Dollars. */
	balance(): number;
	/** Adds a trunk past the rules of the API; throws when its id or username is taken. */
	addTrunk(seed?: TrunkSeed): StoredTrunk;
	/** Adds call records past the rules of the API. */
	addCallRecords(records: StoredCallRecord[]): void;
	/** Throws an Error that names the wrong switch. */
	set(switches: Partial<Switches>): void;
	/** Throws an Error that says what is wrong with the rule. */
	fault(rule: FaultRule): void;
	clearFaults(): void;
	/** From now on connections are refused; a request under way still gets its answer. */
	refuse(): Promise<void>;
	/** Takes connections again, on the same port. */
	accept(): Promise<void>;
	/** Back to the state at the start, without requests. Answers held back are not sent. */
	reset(): void;
	/** Ends at once, open connections too. */
	close(): Promise<void>;
}

/**
 * Starts a Crazytel API that lives in memory and listens on 127.0.0.1 only.
 *
 * @returns the running sandbox
 * @throws Error with one clear line when the port is in use, or a switch or trunk is wrong
 * Source of what it plays: docs/crazytel-api.md.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		apiKey = 'sandbox-account-key',
		smsApiKey = 'sandbox-sms-key',
		now = Date.now,
		verifiedNumbers = defaultVerifiedNumbers,
	} = options;
	const switchesAtStart: Switches = { ...defaultSwitches, ...readSwitches(options.switches ?? {}) };
	let switches = switchesAtStart;
	const currentSwitches = () => switches;

	const account = createAccount([...verifiedNumbers], now);
	for (const seed of options.trunks ?? []) account.add(seed);
	const trunksAtStart = account.trunks();
	const sms = createSms();
	const history = createHistory(
		now,
		() => account.trunks(),
		() => switches.listLagMs > 0,
	);

	const faults = createFaults();
	const rateLimit = createRateLimit(now, currentSwitches);
	const log = createRequestLog();
	const { wait, callOff } = createWaiting();

	function set(change: unknown): void {
		const didLag = switches.listLagMs > 0;
		switches = { ...switches, ...readSwitches(change) };
		if (switches.listLagMs > 0 !== didLag) history.clear();
	}

	function addTrunk(seed?: TrunkSeed): StoredTrunk {
		const added = account.add(seed);
		history.add(added);
		return added;
	}

	function reset(): void {
		callOff();
		switches = switchesAtStart;
		account.restore(trunksAtStart);
		sms.clear();
		account.numbers.reset();
		history.clear();
		faults.clear();
		rateLimit.clear();
		log.clear();
	}

	const app = express();
	app.disable('x-powered-by');
	app.use(
		'/_sandbox',
		createControl({
			account: Object.assign(Object.create(account) as typeof account, { add: addTrunk }),
			sms,
			faults,
			log,
			switches: currentSwitches,
			set,
			reset,
		}),
	);
	app.use(
		createApi({
			apiKey,
			smsApiKey,
			account,
			sms,
			history,
			faults,
			rateLimit,
			log,
			switches: currentSwitches,
			now,
			wait,
		}),
	);
	const door = await openDoor(options.port ?? 0, app);

	return {
		url: `http://127.0.0.1:${door.port}`,
		apiKey,
		smsApiKey,
		requests: log.requests,
		trunks: () => account.trunks(),
		verifiedNumbers: () => account.verifiedNumbers(),
		verify: (numbers) => account.verify(numbers),
		messages: () => sms.sent(),
		balance: () => balanceOf(account, switches),
		numbers: account.numbers,
		addTrunk,
		addCallRecords: (records) => account.addCallRecords(records),
		set,
		fault: (rule) => faults.add(rule),
		clearFaults: () => faults.clear(),
		refuse: async () => await door.shut(),
		accept: async () => await door.open(),
		reset,
		async close() {
			callOff();
			await door.close();
		},
	};
}
