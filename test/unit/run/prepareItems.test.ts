import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { STOPPED_FAILURE } from '../../../nodes/Crazytel/run/failure';
import { givenKeysOf } from '../../../nodes/Crazytel/run/givenKeys';
import type { Item } from '../../../nodes/Crazytel/run/item';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Operation } from '../../../nodes/Crazytel/run/operation';
import type { Plan, WritePlan } from '../../../nodes/Crazytel/run/plan';
import { prepareItems } from '../../../nodes/Crazytel/run/prepareItems';
import {
	acting,
	asking,
	giving,
	knownOf,
	lost,
	making,
	makingNamed,
	named,
	obtaining,
	operation,
	others,
	removing,
	setting,
} from './things';

/** What an item knows that an earlier try has written. */
const done = (plan: Plan, output: IDataObject | IDataObject[] = { id: 'a-1' }): Memory => ({
	done: { operation, plan, result: { output, written: 'a-1' } },
});
const inDoubt = (plan: WritePlan): Memory => ({ uncertain: { plan, error: lost } });

/** Prepares items whose new plan is this one, or whose preparing fails; or whose operation there is not. */
async function prepared(
	plans: Array<Plan | Error | undefined>,
	memories: Memory[] = [],
	look: (item: Item) => void = () => undefined,
	accountId = 'account of prepared items',
) {
	const asked: unknown[] = [];
	const context = {
		getNodeParameter: (name: string, index: number) => `${name} ${index}`,
	} as unknown as IExecuteFunctions;
	const findOperation = (resource: unknown, name: unknown): Operation => {
		const index = Number(String(name).split(' ')[1]);
		asked.push([resource, name]);
		if (plans[index] === undefined)
			throw new InvalidInput([{ field: 'operation', message: 'There is no such operation.' }]);
		return {
			...operation,
			prepare: async (item) => {
				look(item);
				const plan = plans[index];
				if (plan instanceof Error) throw plan;
				return plan as Plan;
			},
		};
	};
	const run = { known: await knownOf(), hints: new Set<string>() };
	const kept = plans.map((_, index) => memories[index] ?? {});
	const works = await prepareItems(context, findOperation, run, kept, accountId);
	const outcomes = works.map((work) => work.prepared);
	return {
		works,
		outcomes,
		values: outcomes.map((outcome) => ('value' in outcome ? outcome.value : undefined)),
		asked,
		run,
		kept,
	};
}

test('every item has the plan of the operation that its own parameters name', async () => {
	const plans = [setting('a-1'), giving()];
	const { values, asked } = await prepared(plans);
	expect(values.map((value) => value?.plan)).toEqual(plans);
	expect(values.map((value) => value?.done)).toEqual([undefined, undefined]);
	expect(asked).toEqual([
		['resource 0', 'operation 0'],
		['resource 1', 'operation 1'],
	]);
});

test('every item is a work at its place, with its memory, of which nothing has come so far', async () => {
	const { works, kept } = await prepared([setting('a-1'), giving()]);
	expect(works.map(({ index }) => index)).toEqual([0, 1]);
	expect(works.map(({ memory }) => memory === kept[0] || memory === kept[1])).toEqual([true, true]);
	expect(works.map(({ outcome }) => outcome)).toEqual([{ failure: STOPPED_FAILURE }, { failure: STOPPED_FAILURE }]);
});

test('every item reads its own parameters, and knows what the run knows', async () => {
	const seen: unknown[] = [];
	const { run } = await prepared([giving(), giving()], [], (item) => {
		seen.push([item.parameter('name'), item.known]);
		item.hint('Mind this.');
	});
	expect(seen).toEqual([
		['name 0', run.known],
		['name 1', run.known],
	]);
	expect([...run.hints]).toEqual(['Mind this.']);
});

test('an item that cannot be prepared is a failure at its place, with its field, and hinders no other one', async () => {
	const bad = new InvalidInput([{ field: 'paint', message: 'Bad.' }]);
	const { outcomes, works } = await prepared([bad, setting('a-1')]);
	const failure = {
		failure: {
			message: 'Bad.',
			parts: [{ happened: 'Bad.', cure: '', label: 'Colour' }],
			field: 'Colour Name or ID',
			parameter: 'additionalFields.paint',
		},
		cause: bad,
	};
	expect(outcomes[0]).toEqual(failure);
	expect(works[0]?.outcome).toEqual(failure);
	expect(outcomes[1]).toHaveProperty('value');
});

test('an item whose operation there is not is told so', async () => {
	const { outcomes } = await prepared([undefined, setting('a-1')]);
	expect(outcomes).toMatchObject([{ failure: { message: 'There is no such operation.' } }, { value: {} }]);
});

test("an item without an operation, as n8n's own Custom API Call is, is looked up by its resource alone", async () => {
	const context = {
		getNodeParameter: (name: string, _index: number, unset?: unknown) => (name === 'resource' ? 'lamps' : unset),
	} as unknown as IExecuteFunctions;
	const findOperation = (resource: unknown, name: unknown): Operation => {
		throw new InvalidInput([{ field: 'operation', message: `There is no '${String(name)}' of ${String(resource)}.` }]);
	};
	const run = { known: await knownOf(), hints: new Set<string>() };
	const [work] = await prepareItems(context, findOperation, run, [{}], 'account');
	expect(work?.prepared).toMatchObject({ failure: { message: "There is no '' of lamps." } });
});

test('an item whose key was used for something else in its account is refused, and in another account it is not', async () => {
	const ring = (times: number) =>
		acting({ idempotencyKey: 'order-7', body: { times } }, { givenKey: { field: 'thingName', label: 'Key' } });
	givenKeysOf('account of a used key').note(ring(1));
	const outcomeIn = async (accountId: string) => (await prepared([ring(2)], [], undefined, accountId)).outcomes[0];
	expect(await outcomeIn('account of a used key')).toMatchObject({
		failure: {
			message:
				"Key 'order-7' was used for something else in the last day, and one key is done once. Give each its own by an expression, e.g. an order number, or leave the option out.",
			parameter: 'thingName',
		},
	});
	expect(await outcomeIn('another account')).toHaveProperty('value.plan.do', 'act');
});

test('an item whose expression fails names its parameter', async () => {
	const look = (item: Item): void => {
		Object.defineProperty(item, 'failingParameter', { get: () => 'pin' });
	};
	const { outcomes } = await prepared([new Error('x is not defined')], [], look);
	expect(outcomes).toMatchObject([
		{ failure: { message: 'PIN: the expression failed. x is not defined', parameter: 'pin' } },
	]);
});

describe('an item that an earlier try has written', () => {
	test('is taken as it is, and not prepared again', async () => {
		const memory = done(setting('a-1'), { id: 'a-1', colour: 'red' });
		const { values, asked, works } = await prepared([new Error('Not again')], [memory]);
		expect(values).toStrictEqual([{ operation, plan: memory.done?.plan, done: memory.done?.result }]);
		expect(works[0]?.outcome).toEqual({ value: memory.done?.result });
		expect(asked).toEqual([]);
	});

	test.each<[string, Plan, Plan]>([
		['its thing', setting('a-1'), setting('a-1')],
		['its thing, which is taken away', removing('a-1'), setting('a-1')],
		[
			'the thing of its name',
			setting('a-1', {}, { known: named('Lamp') }),
			setting('b-2', {}, { known: named('Lamp') }),
		],
		['the thing of its name, which is made', makingNamed('Lamp'), setting('b-2', {}, { known: named('Lamp') })],
	])('follows again behind a change of %s', async (_, before, plan) => {
		const { values } = await prepared([before, setting('b-2')], [{}, done(plan)]);
		expect(values[1]).toStrictEqual({ operation, plan });
	});

	test.each<[string, Plan | Error, Plan]>([
		['another thing', setting('b-2'), setting('a-1')],
		['a thing of another kind with the same id', setting('a-1', {}, { kind: others }), setting('a-1')],
		['another name', setting('a-1', {}, { known: named('Chair') }), setting('a-1', {}, { known: named('Lamp') })],
		['another name than the one that it has made', setting('a-1', {}, { known: named('Chair') }), makingNamed('Lamp')],
		['a make that is known by nothing', making(), making()],
		['a search', giving(), giving()],
		['a question', asking(), asking()],
		['an act', acting(), acting()],
		['an item that cannot be used', new Error('Bad'), setting('a-1')],
		['a change of what it has obtained, which is not obtained twice', removing('lamp'), obtaining()],
	])('does not follow behind %s', async (_, before, plan) => {
		const { values } = await prepared([before, setting('c-3')], [{}, done(plan)]);
		expect(values[1]?.done).toEqual({ output: { id: 'a-1' }, written: 'a-1' });
	});

	test('does not follow behind one that is not sent again either, and not behind a later one', async () => {
		const memories = [done(setting('a-1')), done(setting('a-1')), {}];
		const { values } = await prepared([setting('a-1'), setting('a-1'), setting('a-1')], memories);
		expect(values.map((value) => value?.done !== undefined)).toEqual([true, true, false]);
	});

	test('makes those behind it follow, if it follows itself', async () => {
		const { values } = await prepared(
			[setting('a-1'), setting('a-1'), setting('a-1')],
			[{}, done(setting('a-1')), done(setting('a-1'))],
		);
		expect(values.map((value) => value?.done)).toEqual([undefined, undefined, undefined]);
	});
});

describe('what an earlier try has made, and a change before it is sent again', () => {
	const made = makingNamed('Lamp');
	const again = async (plan: Plan | Error, output: IDataObject | IDataObject[]) =>
		(await prepared([setting('a-1', {}, { known: named('Lamp') }), plan], [{}, done(made, output)])).outcomes[1];

	test('is prepared anew, because it is there now, and shows the secret that it was given', async () => {
		const plan = setting('a-1', {}, { known: named('Lamp') });
		const outcome = await again(plan, { id: 'a-1', pin: 'Made1Pin', colour: 'red' });
		expect(outcome).toEqual({
			value: { operation: expect.anything() as unknown, plan: { ...plan, shown: { pin: 'Made1Pin' } } },
		});
		expect(outcome).not.toHaveProperty('value.done');
	});

	test('tells once more that it is shown only here, where it was made anew', async () => {
		const before = done(makingNamed('Lamp', {}, { shownOnce: 'Keep them.' }), { id: 'a-1', pin: 'Made1Pin' });
		const plans = [setting('a-1', {}, { known: named('Lamp') }), setting('a-1', {}, { known: named('Lamp') })];
		const { values } = await prepared(plans, [{}, before]);
		expect(values[1]?.plan).toMatchObject({ shown: { pin: 'Made1Pin' }, shownOnce: 'Keep them.' });
		expect(
			await again(setting('a-1', {}, { known: named('Lamp') }), { id: 'a-1', pin: 'Entered1Pin' }),
		).not.toHaveProperty('value.plan.shownOnce');
	});

	test('shows beside it what the new plan shows', async () => {
		const plan = setting('a-1', {}, { known: named('Lamp'), shown: { code: 'New1Code' } });
		expect(await again(plan, { id: 'a-1', pin: 'Made1Pin' })).toMatchObject({
			value: { plan: { shown: { pin: 'Made1Pin', code: 'New1Code' } } },
		});
	});

	test.each<[string, Plan, IDataObject | IDataObject[]]>([
		['none was shown', setting('a-1'), { id: 'a-1', colour: 'red' }],
		['the new plan sets another one', setting('a-1', { pin: 'New1Pin' }), { id: 'a-1', pin: 'Made1Pin' }],
		['the thing is made anew', making(), { id: 'a-1', pin: 'Made1Pin' }],
		['the thing is taken away', removing('a-1'), { id: 'a-1', pin: 'Made1Pin' }],
		['nothing is sent', giving(), { id: 'a-1', pin: 'Made1Pin' }],
		['there were several outputs', setting('a-1'), [{ id: 'a-1', pin: 'Made1Pin' }]],
	])('shows no earlier secret where %s', async (_, plan, output) => {
		const outcome = await again(plan, output);
		expect(outcome).toMatchObject({ value: { plan } });
		expect(outcome).not.toHaveProperty('value.plan.shown');
	});

	test('fails as any other where it cannot be prepared', async () => {
		expect(await again(new Error('Bad'), { id: 'a-1', pin: 'Made1Pin' })).toMatchObject({
			failure: { message: 'Bad' },
		});
	});
});

describe('what an earlier try has made, and others too', () => {
	const doubled: Memory = {
		doubled: {
			operation,
			plan: makingNamed('Lamp'),
			result: { output: { id: 'a-1', pin: 'Made1Pin' }, written: 'a-1' },
		},
		uncertain: { plan: makingNamed('Lamp'), error: lost },
	};

	test('is not made again, and not looked for as a lost one; its error stands until a list has shown it alone', async () => {
		const { values, works, asked } = await prepared([makingNamed('Lamp')], [doubled]);
		expect(values).toMatchObject([{ plan: doubled.doubled?.plan, done: doubled.doubled?.result }]);
		expect(works[0]?.outcome).toMatchObject({ cause: lost });
		expect(asked).toEqual([]);
	});

	test('is prepared anew where a change before it is sent again, and shows the secret that it was given', async () => {
		const plan = setting('a-1', {}, { known: named('Lamp') });
		const { values } = await prepared([plan, plan], [{}, doubled]);
		expect(values[1]).toMatchObject({ plan: { do: 'set', shown: { pin: 'Made1Pin' } } });
		expect(values[1]).not.toHaveProperty('done');
	});
});

describe('an item whose outcome is unknown', () => {
	test.each<[string, WritePlan]>([
		['a make: it is only looked for', making()],
		['a remove: the thing may have no name any more', removing('a-1')],
		['an act: it is not done anew', acting()],
		['a set of what was made for it: none is made again', setting('a-1', {}, { isOfMade: true })],
		['a secret that the output shows', setting('a-1', { pin: 'Made1Pin' }, { shown: { pin: 'Made1Pin' } })],
	])('keeps its plan: %s', async (_, plan) => {
		const look = jest.fn();
		const { values } = await prepared([setting('b-2')], [inDoubt(plan)], look);
		expect(values[0]?.plan).toBe(plan);
		expect(look).not.toHaveBeenCalled();
	});

	test('is prepared anew where it is a set', async () => {
		const plan = setting('b-2');
		expect((await prepared([plan], [inDoubt(setting('a-1'))])).values[0]?.plan).toBe(plan);
	});

	test('is in doubt still, where it cannot be prepared because of Stop', async () => {
		const { works } = await prepared([new Stopped()], [inDoubt(setting('a-1'))]);
		expect(works[0]?.outcome).toMatchObject({ cause: lost });
	});

	test('makes the later changes of its thing follow', async () => {
		const { values } = await prepared(
			[setting('a-1'), setting('a-1')],
			[inDoubt(setting('a-1')), done(setting('a-1'))],
		);
		expect(values[1]).not.toHaveProperty('done');
	});
});
