/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- a canary, made up to be looked for */
import { InvalidInput } from '../../../../nodes/Crazytel/input/invalidInput';
import { findOperation } from '../../../../nodes/Crazytel/resources';
import type { WritePlan } from '../../../../nodes/Crazytel/run/plan';
import { nextStep } from '../../../../nodes/Crazytel/run/steps';
import { itemOf } from '../itemOf';
import { neverRight, nothing, numbers, type Target, targetsOf } from './wrongFields';

const PASSWORD = 'Canary7SecretAbc';
const create = { operation: 'create', passwordSource: 'enter', password: PASSWORD, callerIdNumber: '61291234567' };
const update = {
	operation: 'update',
	trunk: { __rl: true, mode: 'id', value: '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f' },
	updateFields: { enabled: false },
};
const { required, updateFields, additionalFields, options, numberless, switches } = targetsOf(create, update);

function prepare({ operation, ...parameters }: Record<string, unknown>) {
	const { item, known, asked } = itemOf(parameters);
	return { planning: findOperation('sipTrunk', String(operation)).prepare(item), known, asked };
}

async function refused(parameters: Record<string, unknown>, label: string): Promise<void> {
	const { planning, asked } = prepare(parameters);
	const error = await planning.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(InvalidInput);
	const { message, problems } = error as InvalidInput;
	expect(problems).toHaveLength(1);
	expect(message.startsWith(label)).toBe(true);
	expect(message.length).toBeLessThan(2000);
	expect(message).not.toContain(PASSWORD);
	// A bad field stops before anything is looked up.
	expect(asked).toEqual([]);
}

describe.each([...required, ...updateFields, ...additionalFields, ...options])('%s (%#)', (label, aim) => {
	test.each(neverRight)(
		'%s is refused by the name of the field, and nothing is planned',
		async (_expression, value) => {
			await refused(aim(value), label);
		},
	);
});

describe.each([...required, ...updateFields])('%s that is needed (%#)', (label, aim) => {
	test.each(nothing)('%s is refused, and nothing is planned', async (_expression, value) => {
		await refused(aim(value), label);
	});
});

const isSwitch = ([label]: Target) => switches.includes(label);

describe.each(additionalFields.filter(isSwitch))('%s that is on or off, in a new trunk', (label, aim) => {
	test.each(nothing)('%s is refused: left out, it might be on', async (_expression, value) => {
		await refused(aim(value), label);
	});
});

describe.each(additionalFields.filter((target) => !isSwitch(target)))('%s that is optional', (_label, aim) => {
	test.each(nothing)('%s leaves it out of the new trunk', async (_expression, value) => {
		const { planning, known } = prepare(aim(value));
		const { request } = nextStep((await planning) as WritePlan, known);
		expect(request?.body).toEqual({ caller_id_number: '61291234567', password: PASSWORD });
	});
});

describe.each(numberless)('%s', (label, aim) => {
	test.each(numbers.filter(([, value]) => value !== 0 || !switches.includes(label)))(
		'the number %s is refused',
		async (_expression, value) => {
			await refused(aim(value), label);
		},
	);
});

test('the same parameters with good values are planned, so the refusals above mean something', async () => {
	for (const parameters of [create, update, { operation: 'suspend', trunk: update.trunk }]) {
		await expect(prepare(parameters).planning).resolves.toHaveProperty('do');
	}
});
