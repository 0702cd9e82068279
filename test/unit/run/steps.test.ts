import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../../../nodes/Crazytel/api/body';
import { createRedactor } from '../../../nodes/Crazytel/api/redaction';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { planned } from '../../../nodes/Crazytel/run/dryRun';
import { perform } from '../../../nodes/Crazytel/run/perform';
import type { Plan, SetValues, WritePlan } from '../../../nodes/Crazytel/run/plan';
import { lanesOf, nextStep, requestOf, subjectOf } from '../../../nodes/Crazytel/run/steps';
import { removeRequest, setRequest } from '../api/endpoints';
import {
	acting,
	asking,
	gathering,
	giving,
	knownOf,
	making,
	makingNamed,
	named,
	obtaining,
	operation,
	others,
	performingWith,
	removing,
	setting,
} from './things';

const THING: Thing = { id: 'a-1', name: 'Lamp', colour: 'red' };

/** A request of its own for a set, as an operation may declare it. */
const by: SetValues['by'] = (id, values) => ({ ...setRequest(id, values), path: `/api/v1/things/${id}/paint` });

const pathOf = ({ request }: { request: ApiRequest<unknown> | undefined }) =>
	request && `${request.method} ${request.path}`;

describe('what is sent now', () => {
	test('of an act: its request, as it is', async () => {
		const plan = acting();
		const step = nextStep(plan, await knownOf());
		expect(step).toEqual({ request: plan.request, values: {}, now: undefined });
		expect(step.request).toBe(plan.request);
	});

	test('of an act that was done under its key: nothing', async () => {
		const known = await knownOf();
		const ring = (idempotencyKey: string) => acting({ idempotencyKey }, { givenKey: { field: 'key', label: 'Key' } });
		known.acts.note(ring('key-1'), { id: 'bell' });
		expect(nextStep(ring('key-1'), known)).toStrictEqual({ request: undefined, values: {}, now: undefined });
		expect(nextStep(ring('key-2'), known).request).toMatchObject({ idempotencyKey: 'key-2' });
		expect(nextStep(acting({ idempotencyKey: 'key-1' }), known).request).toMatchObject({ idempotencyKey: 'key-1' });
	});

	test('of a make: all its values', async () => {
		const values = { name: 'Lamp', pin: 'Secret1Pin' };
		const step = nextStep(making(values), await knownOf([THING]));
		expect(step).toMatchObject({ request: { body: values, secrets: ['Secret1Pin'] }, values });
		expect([pathOf(step), step.now]).toEqual(['POST /api/v1/things/', undefined]);
	});

	test('of a remove: its request, and the thing as it was where that is known', async () => {
		const step = nextStep(removing('a-1'), await knownOf([THING]));
		expect([pathOf(step), step.values, step.now]).toEqual(['DELETE /api/v1/things/a-1', {}, THING]);
		expect(nextStep(removing('a-1'), await knownOf()).now).toBeUndefined();
		expect(nextStep(removing('b-2'), await knownOf([THING])).now).toBeUndefined();
	});

	test('of a set: all its values, though the thing has some of them', async () => {
		const values = { colour: 'red', name: 'Chair' };
		const step = nextStep(setting('a-1', values), await knownOf([THING]));
		expect(step).toMatchObject({ request: { body: values }, values, now: THING });
		expect(pathOf(step)).toBe('PATCH /api/v1/things/a-1');
	});

	describe('of a set that leaves out what is right', () => {
		const values = { colour: 'red', name: 'Chair' };
		const differing = (more: IDataObject = {}) => setting('a-1', { ...values, ...more }, { onlyDifferences: true });

		test('what the thing has otherwise', async () => {
			expect(nextStep(differing(), await knownOf([THING]))).toMatchObject({
				request: { body: { name: 'Chair' } },
				values: { name: 'Chair' },
				now: THING,
			});
			expect(nextStep(differing(), await knownOf([THING])).values).toEqual({ name: 'Chair' });
		});

		test('a secret always', async () => {
			const { request } = nextStep(differing({ name: 'Lamp', pin: 'Secret1Pin' }), await knownOf([THING]));
			expect(request).toMatchObject({ body: { pin: 'Secret1Pin' }, secrets: ['Secret1Pin'] });
		});

		test('nothing where all is right', async () => {
			expect(nextStep(differing({ name: 'Lamp' }), await knownOf([THING]))).toEqual({
				request: undefined,
				values: {},
				now: THING,
			});
		});

		test.each<[string, Thing[] | undefined]>([
			['the list was not read', undefined],
			['the thing is not in it', []],
		])('all of it where %s', async (_, list) => {
			expect(nextStep(differing(), await knownOf(list))).toMatchObject({ request: { body: values }, values });
		});

		test('of a thing that nobody knows the request is sent, even an empty one', async () => {
			const step = nextStep(setting('a-1', {}, { onlyDifferences: true }), await knownOf());
			expect(pathOf(step)).toBe('PATCH /api/v1/things/a-1');
		});

		test('as things stand by now, not as they were listed', async () => {
			const known = await knownOf([THING]);
			known.soFar(setting('a-1').kind)?.note({ ...THING, name: 'Chair' });
			expect(nextStep(differing(), known).request).toBeUndefined();
			known.soFar(setting('a-1').kind)?.forget('a-1');
			expect(nextStep(differing(), known)).toMatchObject({ request: { body: values }, now: undefined });
		});
	});

	test('of a set with a request of its own: that one', async () => {
		expect(pathOf(nextStep(setting('a-1', { colour: 'red' }, { by }), await knownOf()))).toBe(
			'PATCH /api/v1/things/a-1/paint',
		);
		expect(requestOf(setting('a-1', { colour: 'red' }, { by }), { name: 'Chair' })).toMatchObject({
			path: '/api/v1/things/a-1/paint',
			body: { name: 'Chair' },
		});
		expect(requestOf(setting('a-1'), { name: 'Chair' })).toMatchObject({
			path: '/api/v1/things/a-1',
			body: { name: 'Chair' },
		});
	});

	test('of a thing that the user calls by a name: its request, with that name, by which failures are told', async () => {
		for (const called of ['Lamp', undefined]) {
			const set = nextStep(setting('a-1', { colour: 'red' }, { called }), await knownOf()).request;
			expect(set).toEqual({ ...setRequest('a-1', { colour: 'red' }), called });
			const remove = nextStep(removing('a-1', { called }), await knownOf()).request;
			expect(remove).toEqual({ ...removeRequest('a-1'), called });
		}
		expect(requestOf(setting('a-1', {}, { called: 'Lamp', by }), { name: 'Chair' }).called).toBe('Lamp');
	});

	test('of a thing of another kind with the same id: nothing is taken from this one', async () => {
		const known = await knownOf([THING]);
		expect(nextStep(setting('a-1', { colour: 'red' }, { kind: others, onlyDifferences: true }), known)).toMatchObject({
			request: { path: '/others/a-1', body: { colour: 'red' } },
			now: undefined,
		});
		expect(nextStep(removing('a-1', { kind: others }), known).now).toBeUndefined();
	});
});

/** What a dry run shows of these plans, one after the other. */
async function shownOf(plans: WritePlan[], list: Thing[] | undefined): Promise<unknown[]> {
	const known = await knownOf(list);
	return plans.map((plan) => planned(operation, { ...plan, isDryRun: true }, known).request);
}

/** What the run sends for them, with secrets masked: a server that does what it is asked. */
async function sentOf(plans: WritePlan[], list: Thing[] | undefined): Promise<unknown[]> {
	const known = await knownOf(list);
	const now = new Map(list?.map((thing) => [thing.id, thing]));
	const shown: unknown[] = [];
	for (const plan of plans) {
		const id = 'id' in plan ? plan.id : 'new';
		const answer = { ...now.get(id), ...('values' in plan && plan.values), id };
		now.set(id, answer);
		const { performing, sent } = performingWith([answer], known);
		await perform(plan, performing);
		shown.push(sent.length === 0 ? null : sent.map(({ request }) => maskedOf(request))[0]);
	}
	return shown;
}

function maskedOf({ method, path, query, body, secrets = [] }: ApiRequest<unknown>): object {
	return createRedactor(secrets).data({ method, path, ...(query && { query }), ...(body && { body }) });
}

describe('what a dry run shows is what the run sends', () => {
	const plans: Array<[string, WritePlan]> = [
		['a make', making()],
		['a make that is known by its name', makingNamed('Lamp')],
		['a set', setting('a-1', { name: 'Chair', pin: 'Secret1Pin' })],
		['a set of what is right', setting('a-1', { colour: 'red' })],
		[
			'a set that leaves out what is right',
			setting('a-1', { name: 'Chair', colour: 'red' }, { onlyDifferences: true }),
		],
		[
			'a set of a secret that leaves out what is right',
			setting('a-1', { colour: 'red', pin: 'Secret1Pin' }, { onlyDifferences: true }),
		],
		['a set of which all is right', setting('a-1', { name: 'Lamp', colour: 'red' }, { onlyDifferences: true })],
		['a set of a thing that is not listed', setting('b-2', { colour: 'red' }, { onlyDifferences: true })],
		['a set with a request of its own', setting('a-1', { pin: 'Secret1Pin' }, { by })],
		['a set of another kind', setting('a-1', { colour: 'red' }, { kind: others, onlyDifferences: true })],
		['a remove', removing('a-1')],
		['a remove of a thing that is not listed', removing('b-2')],
		['an act', acting()],
		[
			'an act with a query, a key and a secret',
			acting({
				query: { to: 'Secret1Pin' },
				body: { code: 'Secret1Pin' },
				secrets: ['Secret1Pin'],
				idempotencyKey: 'key-1',
			}),
		],
	];

	test.each(plans)('%s', async (_, plan) => {
		for (const list of [[THING], [], undefined]) {
			const [sent] = await sentOf([plan], list);
			expect(await shownOf([plan], list)).toEqual([sent]);
			expect(JSON.stringify(sent)).not.toContain('Secret1Pin');
		}
	});

	test.each<[string, WritePlan[]]>([
		[
			'the same twice',
			[
				setting('a-1', { name: 'Chair' }, { onlyDifferences: true }),
				setting('a-1', { name: 'Chair' }, { onlyDifferences: true }),
			],
		],
		[
			'there and back again',
			['Chair', 'Lamp'].map((name) => setting('a-1', { name, colour: 'red' }, { onlyDifferences: true })),
		],
		[
			'a remove, then a set of what was right',
			[removing('a-1'), setting('a-1', { colour: 'red' }, { onlyDifferences: true })],
		],
		[
			'a set of all, then one of what differs',
			[setting('a-1', { colour: 'blue' }), setting('a-1', { colour: 'red' }, { onlyDifferences: true })],
		],
	])('one after the other: %s', async (_, some) => {
		expect(await shownOf(some, [THING])).toEqual(await sentOf(some, [THING]));
	});
});

describe('what two items must not change at the same time', () => {
	test.each<[string, Plan, string | undefined]>([
		['what is found: nothing', giving({ id: 'a-1' }), undefined],
		['what is asked: nothing', asking(), undefined],
		['what is gathered: nothing', gathering(async () => []), undefined],
		['an act: nothing', acting(), undefined],
		['a make that nobody else knows: nothing', making(), undefined],
		['a make with a name: whatever has it', makingNamed('Lamp'), 'thing with name Lamp'],
		['a set with a name: whatever has it', setting('a-1', {}, { known: named('Lamp') }), 'thing with name Lamp'],
		['a set: its thing', setting('a-1'), 'thing a-1'],
		['a remove: its thing', removing('a-1'), 'thing a-1'],
		['a set of another kind: a thing of that', setting('a-1', {}, { kind: others }), 'other a-1'],
		['a remove of another kind: a thing of that', removing('a-1', { kind: others }), 'other a-1'],
	])('%s', (_, plan, subject) => {
		expect(subjectOf(plan)).toBe(subject);
	});

	test('a key is not another one with the same value', () => {
		const withKey = (key: string) => subjectOf(setting('a-1', {}, { known: { key, value: 'Lamp' } }));
		expect(withKey('name')).not.toBe(withKey('serial'));
	});

	test('a key that ignores the case of letters is one however it is written, and no other key is', () => {
		const withKey = (key: string, value: string) => subjectOf(setting('a-1', {}, { known: { key, value } }));
		expect(withKey('serial', 's-1')).toBe(withKey('serial', 'S-1'));
		expect(withKey('name', 'lamp')).not.toBe(withKey('name', 'Lamp'));
	});
});

describe('lanes', () => {
	/** Which of the plans share a lane, by their places. */
	function lanes(...plans: Array<Plan | undefined>): number[][] {
		const byLane = new Map<string, number[]>();
		for (const [index, lane] of lanesOf(plans).entries()) byLane.set(lane, [...(byLane.get(lane) ?? []), index]);
		return [...byLane.values()];
	}

	test.each<[string, Array<Plan | undefined>, number[][]]>([
		['all makes of a kind are in one', [making(), makingNamed('Lamp'), making({ name: 'Chair' })], [[0, 1, 2]]],
		['makes of two kinds are in two', [making(), making({}, { kind: others }), making()], [[0, 2], [1]]],
		['sets of one thing are in one', [setting('a-1'), setting('b-2'), setting('a-1')], [[0, 2], [1]]],
		['a remove is in that of its thing', [setting('a-1'), removing('a-1'), removing('b-2')], [[0, 1], [2]]],
		[
			'different kinds with the same id are in different ones',
			[setting('a-1'), setting('a-1', {}, { kind: others }), removing('a-1', { kind: others })],
			[[0], [1, 2]],
		],
		['acts are each alone, also the same one', [acting(), acting()], [[0], [1]]],
		['asks are each alone, also the same one', [asking(), asking()], [[0], [1]]],
		['and what is gathered is', [gathering(async () => []), gathering(async () => [])], [[0], [1]]],
		['what is found is alone', [giving(), giving()], [[0], [1]]],
		[
			'where there is nothing to perform, there is nothing to wait for',
			[undefined, undefined, making()],
			[[0], [1], [2]],
		],
		[
			'what is known by the name of a make is in that of the makes',
			[
				makingNamed('Lamp'),
				setting('a-1', {}, { known: named('Lamp') }),
				setting('b-2', {}, { known: named('Chair') }),
			],
			[[0, 1], [2]],
		],
		[
			'a remove of what is made under a known id is in that of the makes',
			[obtaining(), removing('lamp'), removing('b-2')],
			[[0, 1], [2]],
		],
		['also before the make', [setting('a-1', {}, { known: named('Lamp') }), makingNamed('Lamp')], [[0, 1]]],
		[
			'what is known by a name that nobody makes is in that of its thing, whatever it is known by',
			[setting('a-1', {}, { known: named('Lamp') }), setting('a-1'), removing('a-1')],
			[[0, 1, 2]],
		],
		['what has no name is not taken for a make without one', [making(), setting('a-1')], [[0], [1]]],
		[
			'another kind with the same name is another matter',
			[makingNamed('Lamp'), setting('a-1', {}, { kind: others, known: named('Lamp') })],
			[[0], [1]],
		],
		[
			'another key with the same value is another matter',
			[makingNamed('Lamp'), setting('a-1', {}, { known: { key: 'serial', value: 'Lamp' } })],
			[[0], [1]],
		],
	])('%s', (_, plans, expected) => {
		expect(lanes(...plans)).toEqual(expected);
	});

	test('there are none where there are no items', () => {
		expect(lanesOf([])).toEqual([]);
	});

	test('acts without a subject are in a lane of their own each', () => {
		expect(new Set(lanesOf([acting(), acting()])).size).toBe(2);
	});

	test('acts of one subject are in one lane, which is never that of a thing', () => {
		const [first, second, other, alone] = lanesOf([
			acting({}, { subject: 'a-1' }),
			acting({}, { subject: 'a-1' }),
			acting({}, { subject: 'b-2' }),
			acting(),
		]);
		expect(second).toBe(first);
		expect(new Set([first, other, alone, ...lanesOf([setting('a-1', {}), removing('a-1')])]).size).toBe(4);
	});
});
