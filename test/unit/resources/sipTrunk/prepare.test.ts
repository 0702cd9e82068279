import { findOperation } from '../../../../nodes/Crazytel/resources';
import type { WritePlan } from '../../../../nodes/Crazytel/run/plan';
import { nextStep } from '../../../../nodes/Crazytel/run/steps';
import { itemOf } from '../itemOf';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';

/** What an operation wants for an item: its plan, what would be sent, which secrets are shown, and what was looked up. */
async function prepare(operation: string, parameters: Record<string, unknown>) {
	const { item, known, asked } = itemOf(parameters);
	const plan = await findOperation('sipTrunk', operation).prepare(item);
	const { request } = nextStep(plan as WritePlan, known);
	return { plan, request, shown: 'shown' in plan ? plan.shown : undefined, asked };
}

const created = { passwordSource: 'enter', password: 'Abcdefg1', callerIdNumber: '02 9123 4567' };

test('a create sends the password, the caller ID and what was added, and nothing else', async () => {
	const { plan, request, shown } = await prepare('create', {
		...created,
		additionalFields: { enabled: false, areaCode: 2 },
	});
	expect(plan).toMatchObject({ do: 'make', isDryRun: false });
	expect(request).toMatchObject({ method: 'POST', path: '/api/v1/sip-trunks/' });
	expect(request?.body).toEqual({
		password: 'Abcdefg1',
		caller_id_number: '61291234567',
		enabled: false,
		area_code: '02',
	});
	expect(shown).toBeUndefined();
});

test('a password or caller ID that was smuggled into Additional Fields is not used', async () => {
	const { request } = await prepare('create', {
		...created,
		additionalFields: { password: 'Smuggled1', callerIdNumber: '61412345678' },
	});
	expect(request?.body).toEqual({ password: 'Abcdefg1', caller_id_number: '61291234567' });
});

test('a generated password is shown, an entered one only when asked for', async () => {
	const generated = await prepare('create', { ...created, passwordSource: 'generate' });
	expect(generated.shown).toEqual({ password: generated.request?.body?.password });
	expect(generated.shown?.password).toHaveLength(24);
	const wanted = await prepare('create', { ...created, options: { includePassword: 'true' } });
	expect(wanted.shown).toEqual({ password: 'Abcdefg1' });
});

test.each([
	['suspend', false],
	['enable', true],
])('%s is an update of one setting', async (operation, enabled) => {
	const { plan, request } = await prepare(operation, { trunk: ID.toUpperCase() });
	expect(plan).toMatchObject({ do: 'set', id: ID, onlyDifferences: false, isDryRun: false });
	expect(request).toMatchObject({ method: 'PATCH', path: `/api/v1/sip-trunks/${ID}` });
	expect(request?.body).toEqual({ enabled });
});

test('a rotation sends the new password alone, in words of its own, and shows it', async () => {
	const { request, shown } = await prepare('rotatePassword', { trunk: ID, passwordSource: 'generate' });
	expect(request).toMatchObject({
		method: 'PATCH',
		path: `/api/v1/sip-trunks/${ID}`,
		endpoint: { name: 'setPassword' },
	});
	expect(request?.body).toEqual(shown);
	expect(shown?.password).toHaveLength(24);
});

test('a delete sends nothing but the ID', async () => {
	const { plan, request } = await prepare('delete', { trunk: ID });
	expect(plan).toMatchObject({ do: 'remove', id: ID, isDryRun: false });
	expect(request).toMatchObject({ method: 'DELETE', path: `/api/v1/sip-trunks/${ID}` });
	expect(request?.body).toBeUndefined();
});

test('an update sends what was added, a false too', async () => {
	const { request, asked } = await prepare('update', { trunk: ID, updateFields: { enabled: false, description: '' } });
	expect(request).toMatchObject({ method: 'PATCH', path: `/api/v1/sip-trunks/${ID}` });
	expect(request?.body).toEqual({ enabled: false, description: '' });
	// With no number in it, nothing has to be looked up.
	expect(asked).toEqual([]);
});

test('an update clears a description whose field was left empty, and none whose expression found an empty text', async () => {
	const parameters = { trunk: ID, updateFields: { description: '', enabled: true } };
	const plan = async (raw: unknown) => {
		const { item } = itemOf(parameters, {}, { updateFields: raw });
		return await findOperation('sipTrunk', 'update').prepare(item);
	};
	expect(await plan({ description: '', enabled: '={{ true }}' })).toMatchObject({
		values: { description: '', enabled: true },
	});
	for (const raw of [
		{ description: '={{ $json.name }}' },
		{ description: "={{ $fromAI('description') }}" },
		'={{ $json }}',
	]) {
		await expect(plan(raw)).rejects.toThrow(
			'Description is empty. Give a text, leave the field itself empty to clear it, or add Ignore Empty in Options. An expression may have found nothing in this item.',
		);
	}
});

test('an update shows a new password only when asked for', async () => {
	const updateFields = { password: 'Abcdefg1' };
	expect((await prepare('update', { trunk: ID, updateFields })).shown).toBeUndefined();
	expect((await prepare('update', { trunk: ID, updateFields, options: { includePassword: true } })).shown).toEqual({
		password: 'Abcdefg1',
	});
	expect(
		(await prepare('update', { trunk: ID, updateFields: { enabled: true }, options: { includePassword: true } })).shown,
	).toBeUndefined();
});

test.each([
	['null', null],
	['undefined', undefined],
	['nothing', ''],
])('an update whose only field is %s is refused', async (_name, value) => {
	await expect(prepare('update', { trunk: ID, updateFields: { enabled: value } })).rejects.toThrow('Enabled is empty.');
});

test('fields that no trunk has are no fields', async () => {
	const updateFields = JSON.parse('{"__proto__":{"enabled":false},"constructor":"x","area_code":"02"}') as object;
	await expect(prepare('update', { trunk: ID, updateFields })).rejects.toThrow('Update Fields has no field.');
});

test('a setting that a set of fields inherits was not added to it', async () => {
	const updateFields = Object.assign(Object.create({ enabled: false }) as object, { areaCode: '02' });
	expect((await prepare('update', { trunk: ID, updateFields })).request?.body).toEqual({ area_code: '02' });
});

test('the verified numbers are only looked up when a number is sent', async () => {
	const askedFor = async (updateFields: object) => (await prepare('update', { trunk: ID, updateFields })).asked;
	expect(await askedFor({ enabled: false })).toEqual([]);
	expect(await askedFor({ callerIdNumber: '61291234567' })).toEqual(['listVerifiedNumbers']);
	expect(await askedFor({ smsSender: '61412345678', callerIdNumber: '61291234567' })).toEqual(['listVerifiedNumbers']);
});

test('Check Numbers switched off looks nothing up and sends the number', async () => {
	const options = { checkNumbers: 'false' };
	const { request, asked } = await prepare('update', {
		trunk: ID,
		updateFields: { callerIdNumber: '61299999999' },
		options,
	});
	expect(request?.body).toEqual({ caller_id_number: '61299999999' });
	expect(asked).toEqual([]);
});

test('numbers that are not verified are refused together, each with those that could be chosen', async () => {
	await expect(
		prepare('create', { ...created, callerIdNumber: '61299999999', additionalFields: { smsSender: '61499999999' } }),
	).rejects.toThrow(
		"Caller ID '61299999999' is not verified for this account. Use one of the verified numbers: 61291234567, 61412345678. SMS Sender '61499999999' is not verified for this account. Use one of the verified numbers: 61412345678.",
	);
});

test('a bad field stops before anything is looked up', async () => {
	const { item, asked } = itemOf({ ...created, additionalFields: { areaCode: '9' } });
	await expect(findOperation('sipTrunk', 'create').prepare(item)).rejects.toThrow('Area Code');
	expect(asked).toEqual([]);
});

test('one run shows every problem of an item: its trunk, its fields and its options', async () => {
	const bad = prepare('update', {
		trunk: { id: 'x' },
		updateFields: { areaCode: '9' },
		options: { checkNumbers: 'maybe' },
	});
	const message = await bad.then(
		() => 'nothing was refused',
		(error: Error) => error.message,
	);
	expect(message).toContain("Trunk 'x' is not a trunk ID.");
	expect(message).toContain("Area Code '9'");
	expect(message).toContain('Check Numbers must be true or false');
});

test('one run shows every problem of a new trunk: its password source too', async () => {
	const bad = prepare('create', { ...created, passwordSource: 'guess', callerIdNumber: 'x' });
	const message = await bad.then(
		() => 'nothing was refused',
		(error: Error) => error.message,
	);
	expect(message).toContain('Password Source');
	expect(message).toContain('Caller ID');
});
