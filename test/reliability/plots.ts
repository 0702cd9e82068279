import fc from 'fast-check';
import { type INode, sleep } from 'n8n-workflow';

import { type FaultRule, type Play, startSandbox, type Sandbox, type Switches } from '../../sandbox';
import { credentialOf, type Scene, sceneOf, start, theEngine, time } from '../engine/scene';

/** Later than the timeout, and the longest that anything is held back here, in milliseconds. */
export const LATEST_MS = 400;

export const FORMS = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

/** Everything that may go wrong in one run. */
export interface Plot {
	faults: FaultRule[];
	switches: Partial<Switches>;
	onError: (typeof FORMS)[number];
	/** Undefined is no Retry On Fail. */
	maxTries?: number;
	requestsPerMinute: number;
	/** Stop is pressed when the sandbox looks at its clock for the nth time, or when the nth wait begins. */
	stopAtRequest?: number;
	stopAtWait?: number;
}

export const CALM: Plot = { faults: [], switches: {}, onError: 'stopWorkflow', requestsPerMinute: 0 };

const quickPlays: Play[] = [
	'lostReplyAfter',
	'lostReplyBefore',
	'error500After',
	'error500Before',
	'cutOff',
	'truncatedJson',
	'empty200',
	'html',
	'html200',
	'limited',
	{ status: 503 },
	{ status: 503, after: true },
	{ status: 200, body: { ok: true }, after: true },
	{ status: 400 },
	{ status: 401 },
	{ status: 409 },
	{ status: 409, body: { detail: 'It is so already' } },
	{ status: 423 },
	{ status: 403, body: '<html><title>Just a moment</title></html>' },
	// What says that it was done and does not show it; what says that it was not, and may have been.
	{ status: 204, after: true },
	{ status: 202, body: { status: 'queued' } },
	{ status: 202, body: { status: 'queued' }, after: true },
	{ status: 200, body: { success: false, message: 'Insufficient credit' } },
	{ status: 200, body: { success: false, message: 'Insufficient credit' }, after: true },
	{ redirectTo: '/elsewhere' },
];

export const quick: fc.Arbitrary<Play> = fc.constantFrom(...quickPlays);

/** Some of them take longer than the node waits for an answer, but take effect at once. */
const some: fc.Arbitrary<Play> = fc.oneof(
	{ weight: 20, arbitrary: quick },
	{ weight: 1, arbitrary: fc.constant<Play>({ slowMs: 300 }) },
);

/** Some of them take effect when the node no longer waits for the answer. */
export const someLate: fc.Arbitrary<Play> = fc.oneof(
	{ weight: 3, arbitrary: quick },
	{ weight: 2, arbitrary: fc.constantFrom<Play>({ slowMs: 250, after: false }, { slowMs: LATEST_MS, after: false }) },
);

/** Rules that know nothing of each other. */
export function faultsOn(kinds: Array<FaultRule['on']>, play: fc.Arbitrary<Play>): fc.Arbitrary<FaultRule[]> {
	const rule = fc.record({
		on: fc.constantFrom(...kinds),
		nth: fc.integer({ min: 1, max: 8 }),
		times: fc.integer({ min: 1, max: 5 }),
		play,
	});
	return fc.array(rule, { maxLength: 4 });
}

/** Most creates lose their reply, and the list is often away for as long as the node tries. */
export function lostCreates(play: fc.Arbitrary<Play>): fc.Arbitrary<FaultRule[]> {
	const creates = fc.array(fc.option(play, { nil: undefined, freq: 3 }), { maxLength: 6 });
	const lists = fc.array(fc.constantFrom(1, 4), { maxLength: 4 });
	return fc.tuple(creates, lists).map(([plays, lengths]) => {
		const onCreate = plays.flatMap((lost, index) =>
			lost === undefined ? [] : [{ on: 'create' as const, nth: index + 1, play: lost }],
		);
		let next = 2;
		const onList = lengths.flatMap((times) => {
			const nth = next;
			next += times;
			return times === 1 ? [] : [{ on: 'list' as const, nth, times, play: 'error500Before' as const }];
		});
		return [...onCreate, ...onList];
	});
}

const switches: fc.Arbitrary<Partial<Switches>> = fc.record(
	{
		trunkListShape: fc.constantFrom('bare', 'wrapped'),
		trunkListEndpoint: fc.constantFrom<Switches['trunkListEndpoint'][]>('present', 'present', 'present', 404, 405),
		verifiedShape: fc.constantFrom('strings', 'objects', 'wrapped-strings', 'wrapped-objects'),
		echoPassword: fc.boolean(),
		createStatus: fc.constantFrom(200, 201),
		errorShape: fc.constantFrom('detail', 'error.message', 'html', 'empty'),
		validationErrors: fc.constantFrom('list', 'plain'),
		retryAfter: fc.constantFrom('seconds', 'date', 'none'),
		rateLimit: fc.constantFrom(0, 0, 4),
		rateWindow: fc.constantFrom('fixed', 'sliding'),
	},
	{ requiredKeys: [] },
);

export function plots(
	faults: fc.Arbitrary<FaultRule[]>,
	more: Partial<Record<'maxTries' | 'stopAtRequest' | 'stopAtWait', fc.Arbitrary<number>>> = {},
): fc.Arbitrary<Plot> {
	return fc.record(
		{
			faults,
			switches,
			onError: fc.constantFrom(...FORMS),
			requestsPerMinute: fc.constantFrom(0, 0, 3),
			...more,
		},
		{ requiredKeys: ['faults', 'switches', 'onError', 'requestsPerMinute'] },
	);
}

export const tries = fc.integer({ min: 2, max: 5 });

const stops = {
	maxTries: tries,
	stopAtRequest: fc.integer({ min: 1, max: 30 }),
	stopAtWait: fc.integer({ min: 1, max: 12 }),
};

/** In one try, in several, and with Stop pressed. */
export function ways(
	faults: (play: fc.Arbitrary<Play>) => fc.Arbitrary<FaultRule[]>,
): Array<[string, fc.Arbitrary<Plot>]> {
	return [
		['in one try', plots(faults(some))],
		['with Retry On Fail', plots(faults(some), { maxTries: tries })],
		['with Stop pressed', plots(faults(quick), stops)],
	];
}

type Act = [
	plot: Plot,
	items: Array<Record<string, string | number | boolean>>,
	parameters: INode['parameters'],
	check: (sandbox: Sandbox, scene: Scene) => void,
	before?: (sandbox: Sandbox) => void,
	atFirstWait?: () => Promise<void>,
];

const playing = new Set<Promise<void>>();

/** What a file that plays plots sets up before and after its tests. */
export function setUpPlots(): void {
	// It takes seconds on a busy machine, and a property whose time is up before its first run has failed.
	beforeAll(async () => void (await theEngine()), 60_000);

	// A property whose time is up leaves its last act to itself; the next test has the clock for its own.
	afterEach(async () => void (await Promise.allSettled(playing)));
}

/** Plays items in a plot, and waits until what lands late has landed. */
export async function act(...args: Act): Promise<void> {
	await untilOver(play(...args));
}

/** Waits for something that is played, and has the next test wait for it too. */
export async function untilOver(played: Promise<void>): Promise<void> {
	playing.add(played);
	try {
		await played;
	} finally {
		playing.delete(played);
	}
}

async function play(
	...[plot, items, parameters, check, before = () => {}, atFirstWait = async () => {}]: Act
): Promise<void> {
	const { faults, switches: changes, onError, maxTries, requestsPerMinute, stopAtRequest, stopAtWait } = plot;
	let press = (): void => {};
	let looks = 0;
	let waits = 0;
	const sandbox = await startSandbox({
		now() {
			if (++looks === stopAtRequest) press();
			return time.now();
		},
		switches: { rateLimit: 0, ...changes },
	});
	try {
		before(sandbox);
		for (const fault of faults) sandbox.fault(fault);
		time.onWait = () => {
			if (++waits === stopAtWait) press();
			if (waits === 1) void atFirstWait();
		};
		const { execution } = await start(sandbox, {
			items,
			parameters,
			node: { onError, ...(maxTries !== undefined && { retryOnFail: true, maxTries, waitBetweenTries: 1 }) },
			credential: { ...credentialOf(sandbox), requestsPerMinute },
		});
		press = () => execution.cancel();
		const scene = sceneOf(await execution);
		if (isLate(faults)) await sleep(LATEST_MS);
		check(sandbox, scene);
	} finally {
		time.onWait = undefined;
		await sandbox.close();
	}
}

export function isLate(faults: FaultRule[]): boolean {
	return faults.some(({ play }) => typeof play === 'object' && 'slowMs' in play && play.after === false);
}
