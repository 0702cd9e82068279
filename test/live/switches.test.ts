import fc from 'fast-check';

import { defaultSwitches, startSandbox, type Sandbox, type Switches } from '../../sandbox';
import { byName, readSwitches } from '../../sandbox/switches';
import { LONG, runs } from '../properties';
import { checkAt, fill, found } from './scene';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
});

afterAll(async () => {
	await sandbox.close();
});

beforeEach(() => {
	sandbox.reset();
	sandbox.set({ rateLimit: 0 });
	fill(sandbox, 130);
});

/** What a GET can show at all. The others need a write, money or time. */
const READABLE = [
	'trunkListShape',
	'trunkListKey',
	'trunkListEndpoint',
	'balanceShape',
	'verifiedShape',
	'verifiedKey',
	'verifiedListKey',
	'echoPassword',
	'pageSize',
	'pageStyle',
	'errorShape',
	'validationErrors',
	'smsEndpoint',
	'ownedListSlash',
	'ownedListOther',
	'numberListShape',
	'numberKey',
	'numberIds',
	'availableSample',
	'peopleShape',
	'callRecords.cap',
	'callRecords.largestLimit',
	'callRecords.timeForm',
	'callRecords.hoursAhead',
	'callRecords.hoursAheadAsked',
	'callRecords.isEndIncluded',
	'callRecords.ignoresEnd',
	'callRecords.ignoresStart',
	'callRecords.order',
	'callRecords.wrapper',
];

async function seen(switches: Partial<Switches>): Promise<Record<string, unknown>> {
	sandbox.set(switches);
	const { report } = await checkAt(sandbox.url, sandbox.apiKey);
	expect(report.ended).toBeUndefined();
	return found(report);
}

type Change = Partial<Omit<Switches, 'callRecords'>> & { callRecords?: Partial<Switches['callRecords']> };

const pages = (
	[
		'next',
		'next path',
		'next elsewhere',
		'page',
		'next_page',
		'offset',
		'link',
		'total',
		'x-total-count',
		'content-range',
		'has_more',
		'cursor',
	] as const
).map((pageStyle) => ({ pageSize: 2, pageStyle }));
const errors: Change[] = [
	...(['error.message', 'error', 'message', 'html', 'empty'] as const).map((errorShape) => ({
		errorShape,
		validationErrors: 'list' as const,
	})),
	{ validationErrors: 'plain', errorShape: 'message' },
];
const trunks: Change[] = [
	{ trunkListShape: 'wrapped', trunkListKey: 'results' },
	{ trunkListEndpoint: 404 },
	{ trunkListEndpoint: 405 },
	{ echoPassword: true, listHides: ['area_code', 'description'] },
];
const verified: Change[] = [
	{ verifiedShape: 'objects', verifiedKey: 'cli' },
	{ verifiedShape: 'wrapped-strings', verifiedListKey: 'numbers' },
	{ verifiedShape: 'wrapped-objects', verifiedKey: 'phone_number', verifiedListKey: 'data' },
];
const balances: Change[] = (['texts', 'wrapped', 'missing'] as const).map((balanceShape) => ({ balanceShape }));
const owned: Change[] = [
	{ ownedListSlash: false, ownedListOther: 307, numberKey: 'number', numberIds: true, numberListShape: 'wrapped' },
	{ ownedListSlash: true, ownedListOther: 404, numberKey: 'did', availableSample: 3, smsEndpoint: 404 },
	{ ownedListSlash: false, ownedListOther: 405, numberKey: 'phone_number', peopleShape: 'named', smsEndpoint: 405 },
	{ peopleShape: 'results' },
];
const records: Array<Partial<Switches['callRecords']>> = [
	{ cap: 100, largestLimit: 0 },
	{ cap: 37 },
	{ largestLimit: 100 },
	{ largestLimit: 500, timeForm: 'space' },
	{ largestLimit: 1_000, timeForm: 'fraction' },
	{ timeForm: 'day first', wrapper: 'records' },
	{ timeForm: 'Z', isEndIncluded: true, ignoresEnd: false, ignoresStart: false },
	{ timeForm: 'none' },
	{ timeForm: 'offset', hoursAhead: 10 },
	{ timeForm: 'offset', hoursAhead: -3, isEndIncluded: false },
	{ hoursAhead: 11, hoursAheadAsked: 11, isEndIncluded: true, wrapper: 'data' },
	{ hoursAhead: 10, hoursAheadAsked: 0 },
	{ hoursAhead: 8, hoursAheadAsked: 10 },
	{ isEndIncluded: false },
	{ ignoresEnd: true },
	{ ignoresStart: true },
	{ order: 'oldest first' },
	{ order: 'mixed' },
];

/** Changes of things that do not hide each other, several at once, so that each value is in one of them. */
const SETTINGS: Change[] = records.map((change, at) => ({
	callRecords: change,
	...(at < 12 ? { ...pages[at] } : { ...trunks[at - 12], ...owned[at - 12] }),
	...errors[at],
	...verified[at % 5],
	...balances[at % 4],
}));

function callRecords(change: Partial<Switches['callRecords']>): Switches['callRecords'] {
	return { ...defaultSwitches.callRecords, ...change };
}

test.each(SETTINGS)('%j', async ({ callRecords: ofRecords, ...change }) => {
	const shown = await seen({ ...change, callRecords: callRecords({ ...ofRecords }) });
	expect(shown).toMatchObject({
		...change,
		...Object.fromEntries(Object.entries({ ...ofRecords }).map(([name, value]) => [`callRecords.${name}`, value])),
	});
});

test('the default: everything that can be read is confirmed, nothing is refuted', async () => {
	const { report } = await checkAt(sandbox.url, sandbox.apiKey);
	expect(report.verdicts.filter(({ verdict }) => verdict === 'refuted')).toEqual([]);
	const shown = found(report);
	const defaults = byName(defaultSwitches);
	for (const [name, value] of Object.entries(shown)) expect([name, value]).toEqual([name, defaults[name]]);
	const hidden = READABLE.filter((name) => !Object.hasOwn(shown, name));
	// Of a bare list no key is to be seen, of a whole one no way to say that it goes on, of a row of now no zone, and 130 rows do not reach a limit.
	expect(hidden).toEqual([
		'trunkListKey',
		'verifiedKey',
		'verifiedListKey',
		'pageStyle',
		'callRecords.cap',
		'callRecords.hoursAhead',
		'callRecords.hoursAheadAsked',
	]);
});

test(
	'whatever is set at once, nothing is found that is not so',
	async () => {
		const one = (...values: Array<string | number>) => fc.constantFrom(...values);
		const settings = fc.record({
			trunkListShape: one('bare', 'wrapped'),
			trunkListKey: one('sip_trunks', 'results', 'items', 'data'),
			trunkListEndpoint: one('present', 'present', 404, 405),
			balanceShape: one('documented', 'texts', 'wrapped', 'missing'),
			verifiedShape: one('strings', 'objects', 'wrapped-strings', 'wrapped-objects'),
			verifiedKey: one('number', 'caller_id', 'caller_id_number', 'cli', 'did_number', 'phone_number'),
			verifiedListKey: one('verified_numbers', 'results', 'numbers'),
			echoPassword: fc.boolean(),
			pageSize: one(0, 0, 3),
			pageStyle: one('next', 'page', 'link', 'total', 'has_more', 'cursor'),
			errorShape: one('detail', 'error.message', 'error', 'message', 'html', 'empty'),
			validationErrors: one('list', 'plain'),
			smsEndpoint: one('present', 404, 405),
			ownedListSlash: fc.boolean(),
			ownedListOther: one(307, 404, 405),
			numberListShape: one('bare', 'wrapped'),
			numberKey: one('did_number', 'number', 'did', 'phone_number'),
			numberIds: fc.boolean(),
			availableSample: one(0, 2, 3),
			peopleShape: one('bare', 'named', 'results'),
			callRecords: fc.record({
				cap: one(0, 50, 100),
				largestLimit: one(0, 100, 250),
				timeForm: one('T', 'space', 'Z', 'offset', 'fraction', 'day first'),
				hoursAhead: one(0, 8, 10, 11),
				hoursAheadAsked: one(0, 8, 10, 11),
				isEndIncluded: fc.boolean(),
				ignoresEnd: fc.boolean(),
				ignoresStart: fc.boolean(),
				order: one('newest first', 'oldest first', 'mixed'),
				wrapper: one('', 'records', 'data'),
			}),
		});
		await fc.assert(
			fc.asyncProperty(settings, async (drawn) => {
				sandbox.set(readSwitches(drawn) as Partial<Switches>);
				const { report } = await checkAt(sandbox.url, sandbox.apiKey);
				const truth = byName({ ...defaultSwitches, ...(readSwitches(drawn) as Switches) });
				// What the others hide: in pages a list has the form of the pages; where a filter is not looked at, its bound does not show.
				const wrong = Object.entries(found(report)).filter(
					([name, value]) => JSON.stringify(truth[name]) !== JSON.stringify(value),
				);
				expect(wrong).toEqual([]);
			}),
			runs(10),
		);
	},
	LONG,
);
