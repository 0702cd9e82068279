/* eslint-disable @n8n/community-nodes/no-restricted-globals -- somebody else does something meanwhile */
import fc from 'fast-check';

import { type FaultRule, type Play, type Sandbox, startSandbox, type Switches } from '../../sandbox';
import { hintsOf, play, type Scene, time } from '../engine/scene';
import { LONG, runs } from '../properties';
import { faultsOn, setUpPlots, untilOver } from './plots';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 200 }));

setUpPlots();

/** Names as customers have them; some are near to each other, none is the same. */
const NAMES = [
	'Smith & Sons',
	"O'Brien",
	'Café Lune',
	'Pizza 🍕',
	'Acme  Pty',
	'Harbour Dental Surgery and Implants',
	'Harbour Dental',
];

/** A server that is careless in some ways, in every one of its nights. */
const careless: fc.Arbitrary<Partial<Switches>> = fc.record(
	{
		ignoredSettings: fc.constantFrom<string[][]>([], [], ['enabled'], ['area_code']),
		descriptionForm: fc.constantFrom<Switches['descriptionForm'][]>(
			'as sent',
			'html',
			'lower case',
			'NFC',
			'one space',
			'ASCII',
			'bare',
			24,
		),
		updateAnswer: fc.constantFrom<Switches['updateAnswer'][]>('trunk', 'trunk', 200, 204, 'queued', 'another'),
		listLagMs: fc.constantFrom(0, 0, 2_500),
		pageSize: fc.constantFrom(0, 0, 2),
		pageStyle: fc.constantFrom<Switches['pageStyle'][]>(
			'next',
			'page',
			'offset',
			'link',
			'total',
			'has_more',
			'cursor',
		),
	},
	{ requiredKeys: [] },
);

interface Night {
	names: string[];
	enabled: boolean;
	faults: FaultRule[];
	/** How long after the night before, in milliseconds. */
	afterMs: number;
	/** Somebody else creates the same trunk as the nth create of the night, at the same moment. */
	twin: number | undefined;
}

const quick = fc.constantFrom<Play[]>(
	'lostReplyAfter',
	'lostReplyBefore',
	'error500After',
	'truncatedJson',
	'empty200',
	'limited',
	{ status: 409, body: { detail: 'It is so already' } },
	{ status: 204 },
	{ status: 200, body: { success: false, message: 'No' }, after: true },
);

const EMPTY_LIST: Play = { status: 200, body: [] };

const nights: fc.Arbitrary<Night[]> = fc.array(
	fc.record({
		names: fc.subarray(NAMES, { minLength: 1 }),
		enabled: fc.boolean(),
		faults: fc
			.tuple(
				faultsOn(['create', 'update', 'list'], quick),
				fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
			)
			.map(
				// A list that is empty by mistake is read a second time, and no more often.
				([faults, nth]) => [...faults, ...(nth === undefined ? [] : [{ on: 'list' as const, nth, play: EMPTY_LIST }])],
			),
		afterMs: fc.constantFrom(10, 5_000, 200_000),
		twin: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 2 }),
	}),
	{ minLength: 2, maxLength: 4 },
);

/** The clock goes on while nobody waits for anything. */
async function passes(ms: number): Promise<void> {
	const { clock } = jest.requireActual<{ clock: { wait(ms: number): Promise<void> } }>(
		'../../dist/nodes/Crazytel/api/clock.js',
	);
	await clock.wait(ms);
}

/** @returns how many trunks somebody else has created so far */
function createTwin(sandbox: Sandbox, nth: number | undefined): () => number {
	const { requests } = sandbox;
	const push = Array.prototype.push.bind(requests);
	let creates = 0;
	let twins = 0;
	requests.push = (...added) => {
		for (const request of added.filter(({ kind }) => kind === 'create')) {
			if (++creates !== nth) continue;
			twins++;
			void (async () => {
				// Its body comes after the rest of it.
				while (request.rawBody === '') await new Promise(setImmediate);
				sandbox.addTrunk({ description: (request.body as { description: string }).description, area_code: '08' });
			})();
		}
		return push(...added);
	};
	return () => twins;
}

/** Of what is said to be done there is one, or it is said that this is not known. */
function expectOne(sandbox: Sandbox, scene: Scene): void {
	const isUnknown = hintsOf(scene).some((hint) => hint.includes('it could not be checked'));
	for (const { id, description } of scene.good) {
		const alike = sandbox.trunks().filter((trunk) => trunk.description === description && description !== undefined);
		if (alike.length > 1) expect({ id, description, isUnknown }).toMatchObject({ isUnknown: true });
	}
}

/** What is said of a trunk is what the account has, and what was asked for is so where it is said to be done. */
function expectTruth(sandbox: Sandbox, good: Array<Record<string, unknown>>, enabled: boolean): void {
	for (const output of good) {
		const trunk = sandbox.trunks().find(({ id }) => id === output.id);
		expect(trunk).toBeDefined();
		for (const [name, value] of Object.entries(output)) {
			if (name in (trunk ?? {}))
				expect({ name, value }).toStrictEqual({ name, value: trunk?.[name as keyof typeof trunk] });
		}
		// An empty answer is taken at its word where there is no list to look at; nothing is shown then.
		if (output.warning === undefined && output.enabled !== undefined)
			expect(trunk).toMatchObject({ enabled, area_code: '02' });
	}
}

test(
	'no sequence of nightly runs grows the account, and no output says what the account does not show',
	async () => {
		const keepsItsWord = async (switches: Partial<Switches>, sequence: Night[]): Promise<void> => {
			const sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0, ...switches } });
			try {
				const asked = new Set<string>();
				let twins = 0;
				for (const { names, enabled, faults, afterMs, twin } of sequence) {
					for (const name of names) asked.add(name);
					await passes(afterMs);
					sandbox.clearFaults();
					for (const fault of faults) sandbox.fault(fault);
					const created = createTwin(sandbox, twin);
					const scene = await play(sandbox, {
						items: names.map((name) => ({ name, enabled })),
						parameters: {
							operation: 'upsert',
							trunkDescription: '={{ $json.name }}',
							callerIdNumber: '61291234567',
							additionalFields: { enabled: '={{ $json.enabled }}', areaCode: '02' },
							options: { checkNumbers: false },
						},
						node: { onError: 'continueErrorOutput' },
					});
					twins += created();
					expectTruth(sandbox, scene.good, enabled);
					expectOne(sandbox, scene);
					expect(sandbox.trunks().length).toBeLessThanOrEqual(asked.size + twins);
				}
			} finally {
				await sandbox.close();
			}
		};
		await fc.assert(
			fc.asyncProperty(careless, nights, async (...script) => await untilOver(keepsItsWord(...script))),
			runs(12),
		);
	},
	LONG,
);
