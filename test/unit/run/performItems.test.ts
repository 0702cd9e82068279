import { ApiError, type FailureKind } from '../../../nodes/Crazytel/api/apiError';
import type { Client } from '../../../nodes/Crazytel/api/client';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { createTrunkRequest, updateTrunkRequest } from '../../../nodes/Crazytel/api/endpoints';
import { DRY_RUN_HINT } from '../../../nodes/Crazytel/run/dryRun';
import { STOPPED_FAILURE, STOPPED_REPEATING_FAILURE, toFailure } from '../../../nodes/Crazytel/run/failure';
import { knownTrunks } from '../../../nodes/Crazytel/run/knownTrunks';
import { ledgerOf, nextMoment, openSince } from '../../../nodes/Crazytel/run/ledger';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Operation, Output, Plan, WritePlan, Writing } from '../../../nodes/Crazytel/run/operation';
import type { Outcome } from '../../../nodes/Crazytel/run/outcome';
import { performItems } from '../../../nodes/Crazytel/run/performItems';
import type { Prepared } from '../../../nodes/Crazytel/run/prepareItems';

const update = (id: string, more: Partial<WritePlan> = {}): WritePlan => ({ request: updateTrunkRequest(id, { enabled: true }), ...more });
const create = (more: Partial<WritePlan> = {}): WritePlan => ({ request: createTrunkRequest({ description: 'Acme', password: 'Secret1Pass' }), ...more });

const failed = (kind: FailureKind, words = 'It failed.') => new ApiError(words, '', kind, { httpCode: '400', fields: ['area_code'] });
const lost = failed('uncertain', 'Lost.');

/** What is told of an item in doubt; the field is known where the item was performed. */
const LOST = expect.objectContaining({ failure: expect.objectContaining({ message: 'Lost.' }) as object, cause: lost }) as object;

type Perform = (plan: WritePlan, writing: Writing) => Promise<Output>;

const properties = [{ displayName: 'Area Code', name: 'areaCode', type: 'string', default: '' }];
const ready = (plan: Plan, perform: Perform = async () => ({ id: 'a' })): { value: Prepared } => ({
	value: { operation: { value: 'anything', properties, perform } as unknown as Operation, plan },
});
const throwing = (error: Error): Perform => async () => {
	throw error;
};

let accounts = 0;

async function performed(prepared: Array<Outcome<Prepared>>, { memories = [] as Memory[], stopsAtFailure = false } = {}) {
	const kept = prepared.map((_, index) => memories[index] ?? {});
	const hints = new Set<string>();
	const trunks = knownTrunks([], 0);
	const accountId = `perform items ${++accounts}`;
	const outcomes = await performItems(prepared, kept, {
		client: { accountId } as Client,
		lookups: { knownTrunks: trunks } as never,
		hints,
		stopsAtFailure,
	});
	return { outcomes, memories: kept, hints, trunks, accountId };
}

describe('an item that was written', () => {
	test('is remembered with its output, its plan and the trunk that it was about', async () => {
		const item = ready(update('a'));
		const { outcomes, memories } = await performed([item]);
		expect(outcomes).toEqual([{ value: { id: 'a' }, isUnwritten: false, trunkId: 'a' }]);
		expect(memories).toEqual([{ done: { ...item.value, success: outcomes[0] } }]);
	});

	test('is in doubt no more', async () => {
		const plan = update('a');
		const { memories } = await performed([ready(plan)], { memories: [{ uncertain: { plan, error: lost } }] });
		expect(memories[0]).not.toHaveProperty('uncertain');
	});

	test('was right already, if the operation says so', async () => {
		const perform: Perform = async (_, { leaveAlone }) => {
			leaveAlone();
			return {};
		};
		expect((await performed([ready(update('a'), perform)])).outcomes).toMatchObject([{ isUnwritten: true }]);
	});

	test('in an earlier try gives its output again, and is not written', async () => {
		const perform = jest.fn(async () => ({}));
		const item = ready(update('a'), perform);
		const done = { value: { id: 'a' }, trunkId: 'a' };
		const { outcomes } = await performed([{ value: { ...item.value, done } }]);
		expect(outcomes).toEqual([done]);
		expect(perform).not.toHaveBeenCalled();
	});

	test('has what the run shares', async () => {
		let seen: Writing | undefined;
		const { trunks, hints } = await performed([
			ready(update('a'), async (_, writing) => {
				seen = writing;
				writing.hint('Mind this.');
				return {};
			}),
		]);
		expect(seen).toMatchObject({ uncertain: undefined });
		expect(seen?.trunks).toBe(trunks);
		expect([...hints]).toEqual(['Mind this.']);
	});
});

describe('an item that fails', () => {
	test('is in doubt from then on, if it may have been written', async () => {
		const plan = update('a');
		const { outcomes, memories } = await performed([ready(plan, throwing(lost))]);
		expect(outcomes).toEqual([{ failure: { message: 'Lost.', httpCode: '400', field: 'Area Code', parameter: 'areaCode' }, cause: lost }]);
		expect(memories).toEqual([{ uncertain: { plan, error: lost } }]);
	});

	test.each<[string, Plan, Error]>([
		['was refused', update('a'), failed('refused')],
		['has no words of the API', update('a'), new Error('Odd')],
		['was stopped', update('a'), new Stopped()],
		['only reads', { found: [] }, lost],
	])('is in no doubt, if it %s', async (_, plan, error) => {
		const { outcomes, memories } = await performed([ready(plan, throwing(error))]);
		expect(outcomes).toMatchObject([{ cause: error }]);
		expect(memories).toEqual([{}]);
	});

	test('stays in doubt for the reason that it was at first, or that the operation gives', async () => {
		const plan = create();
		const sent = update('b');
		const again = failed('uncertain', 'Lost again.');
		const first = await performed([ready(plan, throwing(again))], { memories: [{ uncertain: { plan, error: lost } }] });
		expect(first.memories).toEqual([{ uncertain: { plan, error: lost } }]);
		const { memories } = await performed([
			ready(plan, async (_, { rememberUncertain }) => {
				rememberUncertain(lost, sent);
				throw again;
			}),
		]);
		expect(memories).toEqual([{ uncertain: { plan: sent, error: lost } }]);
	});

	test.each<[string, Error, boolean]>([
		['limited', failed('limited'), true],
		['undelivered', failed('undelivered'), true],
		['stopped', new Stopped(), true],
		['refused', failed('refused'), false],
	])('after an earlier try that may have written it: %s', async (_, error, isInDoubt) => {
		const plan = update('a');
		const { outcomes } = await performed([ready(plan, throwing(error))], { memories: [{ uncertain: { plan, error: lost } }] });
		expect(outcomes).toEqual([
			isInDoubt
				? { failure: toFailure(lost, properties as never), cause: lost }
				: { failure: toFailure(error, properties as never), cause: error },
		]);
	});

	test('is told how an earlier try has ended only where that has sent the same plan', async () => {
		const uncertain: Array<ApiError | undefined> = [];
		const perform: Perform = async (_, writing) => {
			uncertain.push(writing.uncertain);
			return {};
		};
		const plan = create();
		await performed([ready(plan, perform)], { memories: [{ uncertain: { plan, error: lost } }] });
		await performed([ready(update('a'), perform)], { memories: [{ uncertain: { plan: update('a'), error: lost } }] });
		expect(uncertain).toEqual([lost, undefined]);
	});
});

describe('the items that a run does not come to', () => {
	const items = (first: Error) => [ready(create(), throwing(first)), ready(create()), ready(create()), ready(create())];
	const done: Memory['done'] = { ...ready(create()).value, success: { value: {} } };

	test.each<[string, Error, boolean]>([
		['a failure in stop mode', failed('refused'), true],
		['Stop', new Stopped(), false],
	])('after %s: each is told what stands', async (_, error, stopsAtFailure) => {
		const memories: Memory[] = [{}, {}, { done }, { done, uncertain: { plan: create(), error: lost } }];
		const { outcomes } = await performed(items(error), { memories, stopsAtFailure });
		expect(outcomes.slice(1)).toEqual([{ failure: STOPPED_FAILURE }, { failure: STOPPED_REPEATING_FAILURE }, LOST]);
	});

	test('are none after a failure in Continue mode', async () => {
		const { outcomes } = await performed(items(failed('refused')));
		expect(outcomes.slice(1)).toMatchObject([{ value: {} }, { value: {} }, { value: {} }]);
	});
});

describe('an item that could not be prepared', () => {
	const refusal = (cause: Error) => ({ failure: toFailure(cause, []), cause });
	const uncertain: Memory['uncertain'] = { plan: create(), error: lost };

	test.each<[string, Error, Memory, object]>([
		['fails as it is', failed('refused'), {}, refusal(failed('refused'))],
		['fails as it is, if it is refused for good', failed('refused'), { uncertain }, refusal(failed('refused'))],
		['is in doubt still, if that says nothing of an earlier try', failed('limited'), { uncertain }, LOST],
		['fails as it is, if there was none', failed('limited'), {}, refusal(failed('limited'))],
		['was not sent, if it was stopped', new Stopped(), {}, { failure: STOPPED_FAILURE }],
		['is in doubt still, if it was stopped', new Stopped(), { uncertain }, LOST],
		['was not sent again, if it was stopped', new Stopped(), { done: { ...ready(create()).value, success: { value: {} } } }, { failure: STOPPED_REPEATING_FAILURE }],
	])('%s', async (_, cause, memory, expected) => {
		const { outcomes, memories } = await performed([refusal(cause)], { memories: [memory] });
		expect(outcomes).toEqual([expected]);
		expect(memories).toEqual([memory]);
	});
});

test('a dry run performs nothing and remembers nothing', async () => {
	const perform = jest.fn(async () => ({}));
	const { outcomes, memories, hints } = await performed([ready(update('a', { isDryRun: true }), perform)]);
	expect(outcomes).toMatchObject([{ value: { dryRun: true, operation: 'anything' } }]);
	expect([perform.mock.calls, memories, [...hints]]).toEqual([[], [{}], [DRY_RUN_HINT]]);
});

test('a create in doubt of Create or Update is open to all before the first item is sent', async () => {
	const before = nextMoment();
	const described = (description: string, more: Partial<WritePlan> = {}) =>
		create({ request: createTrunkRequest({ description }), ...more });
	const sent = described('Of Create or Update', { ifMade: (id) => update(id) });
	const replaced = described('Planned anew', { ifMade: (id) => update(id) });
	const single = described('Of Create');
	let open: unknown[] = [];
	const look: Perform = async (_, { client }) => {
		open = openSince(ledgerOf(client.accountId), before).map(({ description }) => description);
		return {};
	};
	await performed([ready(update('a'), look), ready(sent), ready(update('b')), ready(single)], {
		memories: [{}, ...[sent, replaced, single].map((plan) => ({ uncertain: { plan, error: lost } }))],
	});
	expect(open).toEqual(['Of Create or Update']);
});

/** The items that are begun while the first one is under way. */
async function besideTheFirst(plans: Plan[]): Promise<number[]> {
	const begun: number[] = [];
	let release = (): void => {};
	const first = new Promise<void>((resolve) => (release = resolve));
	const items = plans.map((plan, index) =>
		ready(plan, async () => {
			if (index === 0) await first;
			else begun.push(index);
			return {};
		}),
	);
	const running = performed(items);
	for (let turns = 0; turns < 100; turns++) await Promise.resolve();
	const beside = [...begun];
	release();
	await running;
	return beside;
}

describe('items wait for the one before them', () => {
	test.each<[string, Plan[], number[]]>([
		['if they change the same trunk', [update('a'), update('b'), update('a')], [1]],
		['if they create', [create(), update('b'), create({ key: 'Acme' })], [1]],
		['if they have the description of one that is created', [create({ key: 'Acme' }), update('b', { key: 'Beta' }), update('c', { key: 'Acme' })], [1]],
		['but not because they have no description, as the one that is created', [create(), update('b')], [1]],
	])('%s', async (_, plans, beside) => {
		expect(await besideTheFirst(plans)).toEqual(beside);
	});
});
