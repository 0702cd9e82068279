import type { Thing } from '../../../nodes/Crazytel/api/body';
import { headerOfKey } from '../../../nodes/Crazytel/api/request';
import { planned } from '../../../nodes/Crazytel/run/dryRun';
import type { Known } from '../../../nodes/Crazytel/run/known';
import type { SetValues, WritePlan } from '../../../nodes/Crazytel/run/plan';
import {
	acting,
	knownOf,
	making,
	makingNamed,
	obtaining,
	operation,
	others,
	removing,
	setting,
	things,
} from './things';

const THING: Thing = { id: 'a-1', serial: 'S1', name: 'Lamp', colour: 'red' };

const shownOf = (plan: WritePlan, known: Known) => planned(operation, plan, known);

const update = (more: Partial<SetValues> = {}): SetValues =>
	setting('a-1', { colour: 'blue', pin: 'Secret1Pin' }, more);

/** The thing as the run knows it by now. */
const now = (known: Known, id: string) => known.soFar(things)?.find(id);

test('without a list, the request alone is shown', async () => {
	expect(shownOf(update(), await knownOf())).toEqual({
		dryRun: true,
		operation: 'anything',
		request: { method: 'PATCH', path: '/api/v1/things/a-1', body: { colour: 'blue', pin: '***' } },
	});
});

test('without a list, a remove is shown too', async () => {
	expect(shownOf(removing('a-1'), await knownOf())).toEqual({
		dryRun: true,
		operation: 'anything',
		request: { method: 'DELETE', path: '/api/v1/things/a-1' },
	});
});

test('without a list, it is not said whether what is obtained was there', async () => {
	const plan = obtaining({ isDryRun: true });
	expect(shownOf(plan, await knownOf())).not.toHaveProperty(plan.mark);
	expect(shownOf(plan, await knownOf([THING]))).toHaveProperty(plan.mark, false);
});

test('with a list, the thing is shown as its kind has it, and what would change', async () => {
	expect(shownOf(update(), await knownOf([THING]))).toEqual({
		dryRun: true,
		operation: 'anything',
		thing: { id: 'a-1', name: 'Lamp' },
		request: { method: 'PATCH', path: '/api/v1/things/a-1', body: { colour: 'blue', pin: '***' } },
		changes: { colour: { from: 'red', to: 'blue' }, pin: { from: '***', to: '***' } },
	});
});

test('what is sent though it is right is no change', async () => {
	expect(shownOf(setting('a-1', { colour: 'red', name: 'Chair' }), await knownOf([THING]))).toMatchObject({
		request: { body: { colour: 'red', name: 'Chair' } },
	});
	expect(shownOf(setting('a-1', { colour: 'red', name: 'Chair' }), await knownOf([THING])).changes).toEqual({
		name: { from: 'Lamp', to: 'Chair' },
	});
});

test('an act shows its request and nothing of any thing', async () => {
	const plan = acting({
		query: { to: 'all' },
		body: { times: 3, code: 'Secret1Pin' },
		secrets: ['Secret1Pin'],
		idempotencyKey: 'key-1',
	});
	expect(shownOf(plan, await knownOf([THING]))).toEqual({
		dryRun: true,
		operation: 'anything',
		request: { method: 'POST', path: '/api/v1/bell/', query: { to: 'all' }, body: { times: 3, code: '***' } },
	});
});

test('an act under a key that was given shows it', async () => {
	const plan = acting({ idempotencyKey: 'key-1' }, { givenKey: { field: 'key', label: 'Key' } });
	expect(shownOf(plan, await knownOf()).request).toMatchObject({ headers: headerOfKey('key-1') });
});

test('an act whose key an earlier item of the run has is not sent again', async () => {
	const known = await knownOf();
	const plan = acting(
		{ idempotencyKey: 'key-1' },
		{ givenKey: { field: 'key', label: 'Key' }, summary: { parts: 2 }, isDryRun: true },
	);
	expect(shownOf(plan, known)).not.toHaveProperty('sentBefore');
	expect(shownOf(plan, known)).toStrictEqual({
		dryRun: true,
		operation: 'anything',
		request: null,
		parts: 2,
		sentBefore: true,
	});
});

test('a request without a query or a body shows none', async () => {
	expect(shownOf(acting({ body: undefined }), await knownOf()).request).toStrictEqual({
		method: 'POST',
		path: '/api/v1/bell/',
	});
});

test('the plan itself keeps its secrets: it is the output that is masked', async () => {
	const plan = update({ shown: { pin: 'Secret1Pin' } });
	expect(JSON.stringify(shownOf(plan, await knownOf([THING])))).not.toContain('Secret1Pin');
	expect(plan.values.pin).toBe('Secret1Pin');
});

test('whether something would change is told only where the real run tells it', async () => {
	const wanted = { colour: 'red' };
	const known = await knownOf([THING]);
	expect(shownOf(setting('a-1', wanted, { onlyDifferences: true, tellsChanges: true }), known)).toMatchObject({
		changed: false,
		request: null,
		changes: {},
	});
	expect(shownOf(setting('a-1', wanted, { tellsChanges: true }), known)).toMatchObject({ changed: true });
	expect(shownOf(setting('a-1', wanted, { onlyDifferences: true }), known)).not.toHaveProperty('changed');
	expect(shownOf(making(wanted, { tellsChanges: true }), known)).toMatchObject({ changed: true });
});

test('the next plan of a thing is compared with what this one leaves, without its secrets', async () => {
	const known = await knownOf([THING]);
	const plan = setting('a-1', { colour: 'blue' }, { onlyDifferences: true, tellsChanges: true });
	expect(shownOf(plan, known)).toMatchObject({ changed: true, changes: { colour: { from: 'red', to: 'blue' } } });
	expect(shownOf(plan, known)).toMatchObject({ changed: false, request: null });
	shownOf(update(), known);
	expect(now(known, 'a-1')).toEqual({ ...THING, colour: 'blue' });
});

test('a remove has no body and no changes, and leaves no thing', async () => {
	const known = await knownOf([THING]);
	expect(shownOf(removing('a-1'), known)).toEqual({
		dryRun: true,
		operation: 'anything',
		thing: { id: 'a-1', name: 'Lamp' },
		request: { method: 'DELETE', path: '/api/v1/things/a-1' },
	});
	expect(now(known, 'a-1')).toBeUndefined();
});

test('an act leaves everything as it is', async () => {
	const known = await knownOf([THING]);
	shownOf(acting(), known);
	expect(now(known, 'a-1')).toBe(THING);
});

test('things of another kind are not compared with these', async () => {
	const known = await knownOf([THING]);
	expect(shownOf(update({ kind: others }), known)).toEqual({
		dryRun: true,
		operation: 'anything',
		request: { method: 'PATCH', path: '/others/a-1', body: { colour: 'blue', pin: '***' } },
	});
	expect(now(known, 'a-1')).toBe(THING);
});

describe('a make', () => {
	test('shows all values as changes, where there is a list', async () => {
		const plan = making({ name: 'Lamp', pin: 'Secret1Pin' });
		const shown = {
			dryRun: true,
			operation: 'anything',
			request: { method: 'POST', path: '/api/v1/things/', body: { name: 'Lamp', pin: '***' } },
		};
		expect(shownOf(plan, await knownOf())).toEqual(shown);
		expect(shownOf(plan, await knownOf([]))).toEqual({
			...shown,
			changes: { name: { from: null, to: 'Lamp' }, pin: { from: '***', to: '***' } },
		});
	});

	test('that is known by nothing stays a make, also after another one with the same name', async () => {
		const known = await knownOf([]);
		const plan = making({ name: 'Lamp', pin: 'Secret1Pin' });
		const first = shownOf(plan, known);
		expect(first).toMatchObject({ request: { method: 'POST' }, changes: { name: { from: null, to: 'Lamp' } } });
		// Nothing of the first one is in the second.
		expect(shownOf(plan, known)).toEqual(first);
	});

	test('that is known by a name is shown as the set of the one that an item before it makes', async () => {
		const known = await knownOf([]);
		const plan = makingNamed('Lamp', { colour: 'blue' });
		expect(shownOf(plan, known)).toMatchObject({ request: { method: 'POST' } });
		expect(shownOf(plan, known)).toEqual({
			dryRun: true,
			operation: 'anything',
			thing: { id: '{id of the new strange thing "Lamp"}', name: 'Lamp' },
			request: {
				method: 'PATCH',
				path: '/api/v1/things/{id of the new strange thing "Lamp"}',
				body: { colour: 'red' },
			},
			changes: { colour: { from: 'blue', to: 'red' } },
		});
		// Now it is right.
		expect(shownOf(plan, known)).toMatchObject({ request: null });
		expect(shownOf(makingNamed('Chair'), known)).toMatchObject({ request: { method: 'POST' } });
	});

	test('is not the one before it where nobody knows what that has made', async () => {
		const known = await knownOf();
		shownOf(makingNamed('Lamp'), known);
		expect(shownOf(makingNamed('Lamp'), known)).toMatchObject({ request: { method: 'POST' } });
	});

	test.each<[string, WritePlan, string]>([
		['the name by which it is known', makingNamed('Lamp', { serial: 'S7' }), '"Lamp"'],
		['the first of its keys that it is given', making({ serial: 'S7', colour: 'red' }), '"S7"'],
		['the key of its kind that comes first', making({ serial: 'S7', name: 'Lamp' }), '"Lamp"'],
		['nothing, where it has no key', making({ colour: 'red' }), '""'],
	])('is called by %s until it has an id', async (_, plan, name) => {
		const known = await knownOf([]);
		shownOf(plan, known);
		expect(now(known, `{id of the new strange thing ${name}}`)).toMatchObject({
			id: `{id of the new strange thing ${name}}`,
		});
	});

	test.each(['The "Lamp" {x}', 'A$&B', '$1 and $$', "It's $' or $`", 'ä/ö?ü#'])(
		'called %s stands in the place of the id as it is',
		async (name) => {
			const known = await knownOf([]);
			const plan = makingNamed(name, { colour: 'blue' });
			shownOf(plan, known);
			expect(shownOf(plan, known)).toMatchObject({
				request: {
					method: 'PATCH',
					path: `/api/v1/things/{id of the new strange thing ${JSON.stringify(name)}}`,
					body: { colour: 'red' },
				},
			});
		},
	);
});
