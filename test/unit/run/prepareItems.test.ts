import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { createTrunkRequest, deleteTrunkRequest, updateTrunkRequest } from '../../../nodes/Crazytel/api/endpoints';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Operation, Plan, WritePlan } from '../../../nodes/Crazytel/run/operation';
import { prepareItems } from '../../../nodes/Crazytel/run/prepareItems';
import { InvalidInput } from '../../../nodes/Crazytel/validation/invalidInput';

const update = (id: string, more: Partial<WritePlan> = {}): WritePlan => ({ request: updateTrunkRequest(id, { enabled: true }), ...more });
const create = (more: Partial<WritePlan> = {}): WritePlan => ({ request: createTrunkRequest({ password: 'Secret1Pass' }), ...more });
const remove = (id: string): WritePlan<IDataObject> => ({ request: deleteTrunkRequest(id) });

/** What an item knows that an earlier try has written. */
const done = (plan: Plan, value: IDataObject | IDataObject[] = { id: 'a' }): Memory => ({
	done: { operation, plan, success: { value } },
});
const inDoubt = (plan: WritePlan<IDataObject>): Memory => ({
	uncertain: { plan, error: new ApiError('Lost.', '', 'uncertain', { httpCode: '500' }) },
});

const operation = {
	value: 'anything',
	properties: [{ displayName: 'Area Code', name: 'areaCode', type: 'string', default: '' }],
} as unknown as Operation;

/** Prepares items whose new plan is this one, or whose preparing fails; or whose operation there is not. */
async function prepared(plans: Array<Plan | Error | undefined>, memories: Memory[] = []) {
	const asked: unknown[] = [];
	const context = { getNodeParameter: (name: string, index: number) => `${name} ${index}` } as unknown as IExecuteFunctions;
	const findOperation = (resource: unknown, name: unknown): Operation => {
		const index = Number(String(name).split(' ')[1]);
		asked.push([resource, name]);
		if (plans[index] === undefined) throw new InvalidInput([{ field: 'operation', message: 'There is no such operation.' }]);
		return {
			...operation,
			prepare: async () => {
				const plan = plans[index];
				if (plan instanceof Error) throw plan;
				return plan as Plan;
			},
		};
	};
	const run = { lookups: {} as never, hints: new Set<string>() };
	const outcomes = await prepareItems(context, findOperation, run, plans.map((_, index) => memories[index] ?? {}));
	return { outcomes, values: outcomes.map((outcome) => ('value' in outcome ? outcome.value : undefined)), asked };
}

test('every item has the plan of the operation that its own parameters name', async () => {
	const plans = [update('a'), { found: [] }];
	const { values, asked } = await prepared(plans);
	expect(values.map((value) => value?.plan)).toEqual(plans);
	expect(values.map((value) => value?.done)).toEqual([undefined, undefined]);
	expect(asked).toEqual([['resource 0', 'operation 0'], ['resource 1', 'operation 1']]);
});

test('an item that cannot be prepared is a failure at its place, with its field, and hinders no other one', async () => {
	const bad = new InvalidInput([{ field: 'area_code', message: 'Bad.' }]);
	const { outcomes } = await prepared([bad, update('a')]);
	expect(outcomes[0]).toEqual({ failure: { message: 'Bad.', field: 'Area Code', parameter: 'areaCode' }, cause: bad });
	expect(outcomes[1]).toHaveProperty('value');
});

test('an item whose operation there is not is told so', async () => {
	const { outcomes } = await prepared([undefined, update('a')]);
	expect(outcomes).toMatchObject([{ failure: { message: 'There is no such operation.' } }, { value: {} }]);
});

describe('an item that an earlier try has written', () => {
	test('is taken as it is, and not prepared again', async () => {
		const memory = done(update('a'), { id: 'a', enabled: true });
		const { values, asked } = await prepared([new Error('Not again')], [memory]);
		expect(values).toEqual([{ operation, plan: memory.done?.plan, done: memory.done?.success }]);
		expect(asked).toEqual([]);
	});

	test.each<[string, Plan, Plan]>([
		['its trunk', update('a'), update('a')],
		['its trunk, in another way', remove('a') as Plan, update('a')],
		['the trunk of its description', update('a', { key: 'Acme' }), update('b', { key: 'Acme' })],
	])('follows again behind a change of %s', async (_, before, plan) => {
		const { values } = await prepared([before, update('b')], [{}, done(plan)]);
		expect(values[1]).toEqual({ operation, plan });
	});

	test.each<[string, Plan | Error, Plan]>([
		['another trunk', update('b'), update('a')],
		['another description', update('a', { key: 'Beta' }), update('a', { key: 'Acme' })],
		['another description than the one that it has created', update('a', { key: 'Beta' }), create({ key: 'Acme', ifMade: (id) => update(id) })],
		['no trunk at all', create(), create()],
		['a search', { found: [] }, { found: [] }],
		['an item that cannot be used', new Error('Bad'), update('a')],
	])('does not follow behind %s', async (_, before, plan) => {
		const { values } = await prepared([before, update('c')], [{}, done(plan)]);
		expect(values[1]?.done).toEqual({ value: { id: 'a' } });
	});

	test('does not follow behind one that is not sent again either, and not behind a later one', async () => {
		const memories = [done(update('a')), done(update('a')), {}];
		const { values } = await prepared([update('a'), update('a'), update('a')], memories);
		expect(values.map((value) => value?.done !== undefined)).toEqual([true, true, false]);
	});

	test('makes those behind it follow, if it follows itself', async () => {
		const { values } = await prepared([update('a'), update('a'), update('a')], [{}, done(update('a')), done(update('a'))]);
		expect(values.map((value) => value?.done)).toEqual([undefined, undefined, undefined]);
	});
});

describe('what an earlier try has created, and a change before it is sent again', () => {
	const made = create({ key: 'Acme', ifMade: (id) => update(id) });
	const again = async (plan: Plan | Error, output: IDataObject | IDataObject[]) =>
		(await prepared([update('a', { key: 'Acme' }), plan], [{}, done(made, output)])).outcomes[1];

	test('is prepared anew, because it is there now, and shows the password that it was given', async () => {
		const plan = update('a', { key: 'Acme' });
		const outcome = await again(plan, { id: 'a', password: 'Made1Pass' });
		expect(outcome).toMatchObject({ value: { plan: { ...plan, shownPassword: 'Made1Pass' } } });
		expect(outcome).not.toHaveProperty('value.done');
	});

	test.each<[string, Plan, IDataObject | IDataObject[]]>([
		['none was shown', update('a'), { id: 'a' }],
		['the new plan sets another one', { request: updateTrunkRequest('a', { password: 'New1Pass' }) }, { id: 'a', password: 'Made1Pass' }],
		['the trunk is made anew', create(), { id: 'a', password: 'Made1Pass' }],
		['nothing is sent', { found: [] }, { id: 'a', password: 'Made1Pass' }],
		['there were several outputs', update('a'), [{ id: 'a', password: 'Made1Pass' }]],
	])('shows no earlier password where %s', async (_, plan, output) => {
		const outcome = await again(plan, output);
		expect(outcome).toMatchObject({ value: { plan } });
		expect(outcome).not.toHaveProperty('value.plan.shownPassword');
	});

	test('fails as any other where it cannot be prepared', async () => {
		expect(await again(new Error('Bad'), { id: 'a', password: 'Made1Pass' })).toMatchObject({ failure: { message: 'Bad' } });
	});
});

describe('an item whose outcome is unknown', () => {
	test.each<[string, WritePlan<IDataObject>]>([
		['a create: it is only looked for', create()],
		['a delete: the trunk may have no username any more', remove('a')],
		['a password that the output shows', update('a', { shownPassword: 'Made1Pass' })],
	])('keeps its plan: %s', async (_, plan) => {
		const { values } = await prepared([update('b')], [inDoubt(plan)]);
		expect(values[0]?.plan).toBe(plan);
	});

	test('is prepared anew where it is an update', async () => {
		const plan = update('b');
		expect((await prepared([plan], [inDoubt(update('a'))])).values[0]?.plan).toBe(plan);
	});

	test('makes the later changes of its trunk follow', async () => {
		const { values } = await prepared([update('a'), update('a')], [inDoubt(update('a')), done(update('a'))]);
		expect(values[1]).not.toHaveProperty('done');
	});
});
