import type { ApiError } from '../../../nodes/Crazytel/api/apiError';
import type { Client } from '../../../nodes/Crazytel/api/client';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { DRY_RUN_HINT } from '../../../nodes/Crazytel/run/dryRun';
import { STOPPED_FAILURE, STOPPED_REPEATING_FAILURE } from '../../../nodes/Crazytel/run/failure';
import { ledgerOf, nextMoment, openSince } from '../../../nodes/Crazytel/run/ledger';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import { failedBy, type Outcome } from '../../../nodes/Crazytel/run/outcome';
import { performItems } from '../../../nodes/Crazytel/run/performItems';
import type { Plan, WritePlan } from '../../../nodes/Crazytel/run/plan';
import { type Prepared, workOf } from '../../../nodes/Crazytel/run/work';
import {
	acting,
	asking,
	failed,
	giving,
	knownOf,
	making,
	makingNamed,
	named,
	obtaining,
	operation,
	others,
	removing,
	setting,
	things,
} from './things';

const lost = failed('uncertain', 'Lost.', ['colour']);

/** What is told of an item that was performed and has failed so. */
const toldOf = (cause: Error) => failedBy(cause, { operation, settings: things.settings, isWrite: true });

const ready = (plan: Plan): { value: Prepared } => ({ value: { operation, plan } });

/** Answers each request by its path; an error is thrown. Whatever has no answer is done. */
type Server = (request: ApiRequest<unknown>, earlier: ApiError | undefined) => unknown;

let accounts = 0;

async function performed(
	prepared: Array<Outcome<Prepared>>,
	{ memories = [] as Memory[], stopsAtFailure = false, server = (() => undefined) as Server } = {},
) {
	const works = prepared.map((outcome, index) => workOf(index, memories[index] ?? {}, outcome));
	const hints = new Set<string>();
	const known = await knownOf([{ id: 'a-1' }]);
	const accountId = `perform items ${++accounts}`;
	const sent: Array<{ request: ApiRequest<unknown>; earlier: ApiError | undefined }> = [];
	const client = {
		accountId,
		async send(request: ApiRequest<unknown>, earlier?: ApiError) {
			sent.push({ request, earlier });
			const answer = await server(request, earlier);
			if (answer instanceof Error) throw answer;
			return answer ?? { id: request.subject ?? `new ${sent.length}` };
		},
		countAsDone: () => undefined,
	} as unknown as Client;
	await performItems(works, { client, known, hints, stopsAtFailure });
	return {
		outcomes: works.map(({ outcome }) => outcome),
		memories: works.map(({ memory }) => memory),
		hints,
		known,
		accountId,
		sent,
	};
}

const always =
	(answer: unknown): Server =>
	() =>
		answer;

const real = { ...clock };

beforeEach(() => {
	Object.assign(clock, { wait: async () => undefined });
});

afterEach(() => {
	Object.assign(clock, real);
});

describe('an item that was performed', () => {
	test('is remembered with what came of it, its plan and its operation', async () => {
		const item = ready(setting('a-1'));
		const { outcomes, memories } = await performed([item]);
		expect(outcomes).toEqual([{ value: { output: { id: 'a-1' }, written: 'a-1', state: 'updated' } }]);
		expect(memories).toStrictEqual([
			{
				done: { operation, plan: item.value.plan, result: { output: { id: 'a-1' }, written: 'a-1', state: 'updated' } },
			},
		]);
		expect(memories[0]?.done?.plan).toBe(item.value.plan);
	});

	test('is in doubt no more', async () => {
		const plan = setting('a-1');
		const { memories } = await performed([ready(plan)], { memories: [{ uncertain: { plan, error: lost } }] });
		expect(memories[0]).not.toHaveProperty('uncertain');
		expect(memories[0]).toHaveProperty('done');
	});

	test('in an earlier try gives its output again, and is not sent', async () => {
		const done = { output: { id: 'a-1', colour: 'blue' }, written: 'a-1' };
		const { outcomes, sent } = await performed([{ value: { ...ready(setting('a-1')).value, done } }]);
		expect(outcomes).toEqual([{ value: done }]);
		expect(sent).toEqual([]);
	});

	test('has what the run shares, and its hints are those of the run', async () => {
		const before = { ids: new Set<string>(), moment: nextMoment() };
		const server: Server = ({ method }) => (method === 'POST' ? lost : [{ id: 'b-2', name: 'Lamp' }]);
		const { known, hints } = await performed([ready(making({ name: 'Lamp' }, { before }))], { server });
		expect(known.soFar(things)?.find('b-2')).toBeDefined();
		expect([...hints]).toEqual([expect.stringContaining('It was found in the list of strange things') as string]);
	});
});

describe('an item that fails', () => {
	test('is in doubt from then on, if it may have been written', async () => {
		const plan = setting('a-1');
		const { outcomes, memories } = await performed([ready(plan)], { server: always(lost) });
		expect(outcomes).toEqual([
			{
				failure: {
					message: 'Lost. Look.',
					parts: [{ happened: 'Lost.', cure: 'Look.' }],
					httpCode: '400',
					mayHaveActed: true,
					field: 'Colour Name or ID',
					parameter: 'additionalFields.paint',
				},
				cause: lost,
			},
		]);
		expect(memories).toEqual([{ uncertain: { plan, error: lost } }]);
		expect(memories[0]?.uncertain?.plan).toBe(plan);
	});

	test.each<[string, Plan, Error]>([
		['was refused', setting('a-1'), failed('refused')],
		['was gone', removing('a-1'), failed('gone')],
		['has no words of the API', setting('a-1'), new Error('Odd')],
		['was stopped', setting('a-1'), new Stopped()],
		['only asks', asking(), lost],
	])('is in no doubt, if it %s', async (_, plan, error) => {
		const { outcomes, memories } = await performed([ready(plan)], { server: always(error) });
		expect(outcomes).toMatchObject([{ cause: error }]);
		expect(memories).toEqual([{}]);
	});

	test('names the field where its plan has a kind with that setting', async () => {
		const error = failed('refused', 'No.', ['colour']);
		const failures = async (plan: Plan) => (await performed([ready(plan)], { server: always(error) })).outcomes[0];
		expect(await failures(removing('a-1'))).toMatchObject({ failure: { parameter: 'additionalFields.paint' } });
		expect(await failures(making())).toMatchObject({ failure: { parameter: 'additionalFields.paint' } });
		expect(await failures(acting())).toEqual({
			failure: { message: 'No. Look.', parts: [{ happened: 'No.', cure: 'Look.' }], httpCode: '400' },
			cause: error,
		});
	});

	test('stays in doubt for the reason that it was at first', async () => {
		const plan = removing('a-1');
		const again = failed('uncertain', 'Lost again.');
		const { memories } = await performed([ready(plan)], {
			memories: [{ uncertain: { plan, error: lost } }],
			server: always(again),
		});
		expect(memories).toEqual([{ uncertain: { plan, error: lost } }]);
	});

	test('stays in doubt for what was sent, where that was another plan', async () => {
		// The first item makes the lamp, so the second one paints it, and the reply to that is lost.
		const plans = [0, 1].map(() =>
			makingNamed('Lamp', {}, { before: { ids: new Set<string>(), moment: nextMoment() } }),
		);
		const server: Server = ({ method }) => (method === 'PATCH' ? lost : { id: 'made' });
		const { memories } = await performed(plans.map(ready), { server });
		expect(memories[0]).toHaveProperty('done');
		expect(memories[1]).toMatchObject({ uncertain: { plan: { do: 'set', id: 'made' }, error: lost } });
	});

	test.each<[string, Error, boolean]>([
		['limited', failed('limited'), true],
		['undelivered', failed('undelivered'), true],
		['stopped', new Stopped(), true],
		['refused', failed('refused'), false],
	])('after an earlier try that may have written it: %s', async (_, error, isInDoubt) => {
		const plan = setting('a-1');
		const { outcomes } = await performed([ready(plan)], {
			memories: [{ uncertain: { plan, error: lost } }],
			server: always(error),
		});
		expect(outcomes).toEqual([isInDoubt ? toldOf(lost) : toldOf(error)]);
	});

	test('is told how an earlier try has ended only where that has sent the same plan', async () => {
		const plan = removing('a-1');
		const same = await performed([ready(plan)], { memories: [{ uncertain: { plan, error: lost } }] });
		const other = await performed([ready(removing('a-1'))], { memories: [{ uncertain: { plan, error: lost } }] });
		expect([same, other].map(({ sent }) => sent[0]?.earlier)).toEqual([lost, undefined]);
	});

	test('is told so as well where the same is set anew', async () => {
		const uncertain = { plan: setting('a-1', { colour: 'blue', name: 'Lamp' }), error: lost };
		const earlier = async (plan: Plan) =>
			(await performed([ready(plan)], { memories: [{ uncertain }] })).sent[0]?.earlier;
		expect(await earlier(setting('a-1', { colour: 'blue', name: 'Lamp' }))).toBe(lost);
		for (const plan of [
			setting('a-1', { colour: 'red', name: 'Lamp' }),
			setting('a-1', { colour: 'blue' }),
			setting('b-2', { colour: 'blue', name: 'Lamp' }),
			setting('a-1', { colour: 'blue', name: 'Lamp' }, { kind: others }),
			removing('a-1'),
		]) {
			expect(await earlier(plan)).toBeUndefined();
		}
	});

	test('is not told so where the same thing was set then and is obtained now, or the other way round', async () => {
		const set = setting('lamp', { colour: 'red' });
		const asked = async (plan: Plan, before: WritePlan) => {
			const server: Server = ({ method }) => (method === 'GET' ? [{ id: 'lamp' }] : undefined);
			const memories = [{ uncertain: { plan: before, error: lost } }];
			const { sent } = await performed([ready(plan)], { memories, server });
			return sent.map(({ request, earlier }) => [request.method, earlier])[0];
		};
		expect(await asked(set, obtaining())).toEqual(['PATCH', undefined]);
		// One in doubt would only be looked for.
		expect(await asked(obtaining(), set)).toEqual(['POST', undefined]);
	});

	test('and makes is told so of its own plan alone: another one may make another thing', async () => {
		const plan = making({ name: 'Lamp' });
		const { sent } = await performed([ready(making({ name: 'Lamp' }))], {
			memories: [{ uncertain: { plan, error: lost } }],
		});
		expect(sent.map(({ request }) => request.method)).toEqual(['POST']);
	});

	test('and acts once is not sent again in the next try, and is in doubt for good', async () => {
		const plan = acting();
		const first = await performed([ready(plan)], { server: always(lost) });
		const second = await performed([ready(plan)], { memories: first.memories });
		expect([first, second].map(({ sent }) => sent.length)).toEqual([1, 0]);
		expect(second.outcomes).toMatchObject([{ cause: lost }]);
		expect(second.memories).toEqual([{ uncertain: { plan, error: lost } }]);
	});
});

describe('writes whose answers do not show what came of them', () => {
	const accepted = failed('accepted', 'Taken.', ['colour']);
	/** A server that takes every write of these methods without a word, and shows these things in its lists. */
	const taking =
		(lists: Record<string, unknown>, methods = ['PATCH', 'DELETE']): Server =>
		({ method, path }) =>
			methods.includes(method) ? accepted : lists[path];
	const LIST = '/api/v1/things/';
	const methodsOf = (sent: Array<{ request: ApiRequest<unknown> }>) => sent.map(({ request }) => request.method);

	test('are looked for once all is sent, with one list for all', async () => {
		const plans = [setting('a-1', { colour: 'blue' }), removing('b-2'), setting('c-3', { colour: 'red' })];
		const server = taking({
			[LIST]: [
				{ id: 'a-1', colour: 'blue' },
				{ id: 'c-3', colour: 'red' },
			],
		});
		const { outcomes, memories, hints, sent } = await performed(plans.map(ready), { server });
		expect(methodsOf(sent)).toEqual(['PATCH', 'DELETE', 'PATCH', 'GET']);
		expect(outcomes).toEqual([
			{ value: { output: { id: 'a-1', colour: 'blue' }, written: 'a-1', state: 'updated' } },
			{ value: { output: { deleted: true }, written: 'deleted b-2', state: 'deleted' } },
			{ value: { output: { id: 'c-3', colour: 'red' }, written: 'c-3', state: 'updated' } },
		]);
		expect(memories).toMatchObject([
			{ done: { plan: plans[0], result: { written: 'a-1' } } },
			{ done: { plan: plans[1] } },
			{ done: { plan: plans[2] } },
		]);
		expect([...hints]).toEqual([
			'Taken. The list of strange things shows what was asked for.',
			'Taken. The strange thing is not in the list of strange things any more.',
		]);
	});

	test('that are not so fail, each item alone, name the field, and are in doubt', async () => {
		const plans = [setting('a-1', { colour: 'blue' }), setting('c-3', { colour: 'red' })];
		const server = taking({
			[LIST]: [
				{ id: 'a-1', colour: 'green' },
				{ id: 'c-3', colour: 'red' },
			],
		});
		const { outcomes, memories } = await performed(plans.map(ready), { server });
		expect(outcomes).toMatchObject([
			{ failure: { parameter: 'additionalFields.paint', mayHaveActed: true }, cause: { kind: 'contrary' } },
			{ value: { written: 'c-3' } },
		]);
		expect(memories).toMatchObject([{ uncertain: { plan: plans[0], error: { kind: 'contrary' } } }, { done: {} }]);
		expect(memories[0]).not.toHaveProperty('done');
	});

	test('and that an earlier try has left in doubt are in doubt no more', async () => {
		const plan = setting('a-1', { colour: 'blue' });
		const server = taking({ [LIST]: [{ id: 'a-1', colour: 'blue' }] });
		const { memories } = await performed([ready(plan)], { memories: [{ uncertain: { plan, error: lost } }], server });
		expect(memories).toStrictEqual([
			{
				done: { operation, plan, result: { output: { id: 'a-1', colour: 'blue' }, written: 'a-1', state: 'updated' } },
			},
		]);
	});

	test('are nothing that is done before they are seen', async () => {
		let atTheLook: Memory | undefined;
		const memory: Memory = {};
		const server: Server = ({ method }) => {
			if (method === 'PATCH') return accepted;
			atTheLook = { ...memory };
			return [{ id: 'a-1', colour: 'blue' }];
		};
		await performed([ready(setting('a-1', { colour: 'blue' }))], { memories: [memory], server });
		expect(atTheLook).toEqual({});
		expect(memory).toHaveProperty('done');
	});

	test('of several kinds are looked for in the list of each', async () => {
		const plans = [setting('a-1', { colour: 'blue' }), setting('a-1', { colour: 'red' }, { kind: others })];
		const server = taking({ [LIST]: [{ id: 'a-1', colour: 'blue' }], '/others': [{ id: 'a-1', colour: 'red' }] });
		const { outcomes, sent } = await performed(plans.map(ready), { server });
		expect(outcomes).toMatchObject([
			{ value: { output: { colour: 'blue' } } },
			{ value: { output: { colour: 'red' } } },
		]);
		expect(sent.filter(({ request }) => request.method === 'GET').map(({ request }) => request.path)).toEqual([
			LIST,
			'/others',
		]);
	});

	test('are looked for also after a failure in stop mode', async () => {
		const plans = [setting('a-1', { colour: 'blue' }), removing('b-2')];
		const server: Server = ({ method }) =>
			method === 'DELETE' ? failed('refused') : method === 'PATCH' ? accepted : [{ id: 'a-1', colour: 'blue' }];
		const { outcomes } = await performed(plans.map(ready), { server, stopsAtFailure: true });
		expect(outcomes).toMatchObject([{ value: { written: 'a-1' } }, { cause: { kind: 'refused' } }]);
	});

	test('are none where every answer shows it', async () => {
		expect(methodsOf((await performed([ready(setting('a-1', { colour: 'blue' }))])).sent)).toEqual(['PATCH']);
	});
});

test('items with one key are told to the run', async () => {
	const plans = [0, 1].map((colour) => setting('a-1', { colour: String(colour) }, { known: named('Lamp') }));
	expect([...(await performed(plans.map(ready))).hints]).toEqual([
		expect.stringMatching(/^2 items have the Name 'Lamp'.*values of item 1 stand/) as string,
	]);
	expect([...(await performed(plans.slice(1).map(ready))).hints]).toStrictEqual([]);
});

test('the run is told what its items have kept, have made beside others, and show only once', async () => {
	const beside = { ...named('Lamp'), names: 'S1', cure: 'Paint that one.' };
	const plans = [
		setting('a-1', { colour: 'red' }, { keepsSecrets: 'Make new ones.' }),
		making({ name: 'Lamp' }, { beside }),
		making({ pin: 'Made1Pin' }, { shown: { pin: 'Made1Pin' }, shownOnce: 'Keep them.' }),
	];
	expect([...(await performed(plans.map(ready))).hints]).toStrictEqual([
		'1 strange thing was there already, and keeps the PIN that it has: the one that was generated for it was not set. Make new ones.',
		"For 1 item there was a strange thing with the same Name already, and another one was created: 'Lamp' (S1). Paint that one.",
		'Keep them.',
	]);
});

describe('the items that a run does not come to', () => {
	const items = () => [making(), making(), making(), making()].map(ready);
	const done: Memory['done'] = { operation, plan: making(), result: { output: {} } };

	test.each<[string, Error, boolean]>([
		['a failure in stop mode', failed('refused'), true],
		['Stop', new Stopped(), false],
	])('after %s: each is told what stands', async (_, error, stopsAtFailure) => {
		const memories: Memory[] = [{}, {}, { done }, { done, uncertain: { plan: making(), error: lost } }];
		const { outcomes, sent } = await performed(items(), { memories, stopsAtFailure, server: always(error) });
		expect(sent).toHaveLength(1);
		expect(outcomes).toEqual([
			toldOf(error),
			{ failure: STOPPED_FAILURE },
			{ failure: STOPPED_REPEATING_FAILURE },
			failedBy(lost, { isWrite: true }),
		]);
	});

	test('after Stop of an item that is in doubt: they are not sent either', async () => {
		const plan = setting('a-1');
		const memories: Memory[] = [{ uncertain: { plan, error: lost } }, {}, { done }];
		const { outcomes, sent } = await performed([plan, setting('a-1'), setting('a-1')].map(ready), {
			memories,
			server: always(new Stopped()),
		});
		expect(sent).toHaveLength(1);
		expect(outcomes).toEqual([toldOf(lost), { failure: STOPPED_FAILURE }, { failure: STOPPED_REPEATING_FAILURE }]);
	});

	test('after Stop of an item that is sent again: an earlier try has written that one', async () => {
		const { outcomes } = await performed([ready(setting('a-1'))], {
			memories: [{ done }],
			server: always(new Stopped()),
		});
		expect(outcomes).toMatchObject([{ failure: STOPPED_REPEATING_FAILURE }]);
	});

	test('are none after a failure in Continue mode', async () => {
		const server: Server = ({ body }) => (body?.name === 'first' ? failed('refused') : undefined);
		const { outcomes } = await performed([making({ name: 'first' }), making(), making(), making()].map(ready), {
			server,
		});
		expect(outcomes).toMatchObject([{ failure: {} }, { value: {} }, { value: {} }, { value: {} }]);
	});

	test('are none in stop mode, as long as nothing fails', async () => {
		const { outcomes } = await performed([giving(), making(), acting(), making()].map(ready), { stopsAtFailure: true });
		expect(outcomes).toMatchObject([{ value: {} }, { value: {} }, { value: {} }, { value: {} }]);
	});
});

test('an item that could not be prepared keeps its failure, and nothing of it is sent', async () => {
	const refusal = { failure: { message: 'Bad.' }, cause: failed('refused') };
	const { outcomes, memories, sent } = await performed([refusal, ready(setting('a-1'))]);
	expect(outcomes).toEqual([refusal, { value: { output: { id: 'a-1' }, written: 'a-1', state: 'updated' } }]);
	expect([memories[0], sent.length]).toEqual([{}, 1]);
});

test('each work has the outcome of its own item', async () => {
	const plans = [giving({ id: 'found' }), setting('b-2'), acting(), removing('c-3')];
	const { outcomes } = await performed(plans.map(ready));
	expect(outcomes.map((outcome) => 'value' in outcome && outcome.value.written)).toEqual([
		undefined,
		'b-2',
		'the bell',
		'deleted c-3',
	]);
});

test.each<[string, Plan]>([
	['a make', making(undefined, { isDryRun: true })],
	['a set', setting('a-1', undefined, { isDryRun: true })],
	['a remove', removing('a-1', { isDryRun: true })],
	['an act', acting({}, { isDryRun: true })],
])('a dry run of %s sends nothing and remembers nothing', async (_, plan) => {
	const { outcomes, memories, hints, sent } = await performed([ready(plan)]);
	expect(outcomes).toMatchObject([{ value: { output: { dryRun: true, operation: 'anything' } } }]);
	expect(outcomes[0]).not.toHaveProperty('value.written');
	expect([sent, memories, [...hints]]).toEqual([[], [{}], [DRY_RUN_HINT]]);
});

test('a dry run that fails is the failure of its item alone, and leaves no doubt', async () => {
	const kind = {
		...things,
		summaryOf: () => {
			throw new Error('Odd');
		},
	};
	const plans = [setting('a-1', undefined, { kind, isDryRun: true }), setting('a-1')];
	const { outcomes, memories } = await performed(plans.map(ready));
	expect(outcomes).toMatchObject([{ failure: { message: 'Odd' } }, { value: { written: 'a-1' } }]);
	expect(memories[0]).toEqual({});
});

test('a dry run of what cannot be sent names the field', async () => {
	const by = () => {
		throw new InvalidInput([{ field: 'paint', message: 'Colour is too bright.\nTake another one.' }]);
	};
	const { outcomes } = await performed([ready(setting('a-1', { colour: 'red' }, { by, isDryRun: true }))]);
	expect(outcomes).toMatchObject([
		{ failure: { message: 'Colour is too bright. Take another one.', parameter: 'additionalFields.paint' } },
	]);
});

test('a dry run of one item holds up no other one', async () => {
	const plans = [
		setting('a-1', undefined, { isDryRun: true }),
		setting('a-1'),
		setting('a-1', undefined, { isDryRun: true }),
	];
	const { outcomes, sent } = await performed(plans.map(ready), { stopsAtFailure: true });
	expect(outcomes).toMatchObject([
		{ value: { output: { dryRun: true } } },
		{ value: { written: 'a-1' } },
		{ value: { output: { dryRun: true } } },
	]);
	expect(sent).toHaveLength(1);
});

test('a make in doubt of Create or Update is open to all before the first item is sent', async () => {
	const before = nextMoment();
	const sent = makingNamed('Of Create or Update');
	const replaced = makingNamed('Planned anew');
	const single = making({ name: 'Of Create' });
	const set = setting('c-3', undefined, { known: named('Of a set') });
	let open: unknown[] | undefined;
	// Of one that others have the name of, too, it is known that it was made.
	const doubled = makingNamed('Doubled');
	const plans = [setting('a-1'), sent, setting('b-2'), single, set, doubled];
	const memories: Memory[] = [
		{},
		...[sent, replaced, single, set, doubled].map((plan) => ({ uncertain: { plan, error: lost } })),
	];
	memories[5] = { ...memories[5], doubled: { operation, plan: doubled, result: { output: {} } } };
	const server: Server = () => {
		open ??= openSince(ledgerOf(`perform items ${accounts}`, things), before).map(({ name }) => name);
	};
	await performed(plans.map(ready), { memories, server });
	expect(open).toEqual(['Of Create or Update']);
});

/** The items that are begun while the first one is under way; each sends a colour of its own, its place. */
async function besideTheFirst(plans: Plan[]): Promise<number[]> {
	const begun: number[] = [];
	let release = (): void => {};
	const first = new Promise<void>((resolve) => (release = resolve));
	const server: Server = async ({ body }) => {
		if (body?.colour === '0') await first;
		else begun.push(Number(body?.colour));
	};
	const running = performed(plans.map(ready), { server });
	for (let turns = 0; turns < 100; turns++) await Promise.resolve();
	const beside = [...begun];
	release();
	await running;
	return beside;
}

describe('items wait for the one before them', () => {
	const set = (id: string, colour: string, name?: string) =>
		setting(id, { colour }, name === undefined ? {} : { known: named(name) });
	const make = (colour: string) => making({ name: 'Chair', colour });
	const makeNamed = (name: string, colour: string) => makingNamed(name, { colour });

	test.each<[string, Plan[], number[]]>([
		['if they change the same thing', [set('a', '0'), set('b', '1'), set('a', '2')], [1]],
		['if they make', [make('0'), set('b', '1'), makeNamed('Lamp', '2')], [1]],
		[
			'if they have the name of one that is made',
			[makeNamed('Lamp', '0'), set('b', '1', 'Table'), set('c', '2', 'Lamp')],
			[1],
		],
		['but not because they have no name, as the one that is made', [make('0'), set('b', '1')], [1]],
		['but not because they act', [0, 1, 2].map((colour) => acting({ body: { colour: String(colour) } })), [1, 2]],
	])('%s', async (_, plans, beside) => {
		expect(await besideTheFirst(plans)).toEqual(beside);
	});
});
