import type { INodeParameters } from 'n8n-workflow';

import { API_KEY, type Battlefield, goodCreate, goodUpdate, leaks, openBattlefield, PASSWORD } from './attack';

let field: Battlefield;
beforeAll(async () => {
	field = await openBattlefield();
});
beforeEach(() => field.sandbox.reset());
afterAll(async () => await field.close());

/** Sets one field of a workflow to an expression. */
type Aim = (expression: string) => INodeParameters;

const required: Array<[string, Aim]> = [
	['Password', (password) => ({ ...goodCreate, password })],
	['Caller ID', (callerIdNumber) => ({ ...goodCreate, callerIdNumber })],
	['Trunk', (value) => ({ ...goodUpdate, trunk: { __rl: true, mode: 'id', value } })],
	['Trunk', (value) => ({ operation: 'suspend', trunk: { __rl: true, mode: 'list', value } })],
	['Trunk', (trunk) => ({ operation: 'enable', trunk })],
	['Password Source', (passwordSource) => ({ ...goodCreate, passwordSource })],
];

const labels: Record<string, string> = {
	areaCode: 'Area Code',
	callerIdNumber: 'Caller ID',
	description: 'Description',
	enabled: 'Enabled',
	hideCallerId: 'Hide Caller ID',
	password: 'Password',
	smsSender: 'SMS Sender',
	softphoneShowBalance: 'Softphone Show Balance',
	softphoneSyncSms: 'Softphone Sync SMS',
};

const updateFields = Object.entries(labels).map(
	([name, label]): [string, Aim] => [label, (expression) => ({ ...goodUpdate, updateFields: { [name]: expression } })],
);
const additionalFields = Object.entries(labels)
	.filter(([name]) => name !== 'password' && name !== 'callerIdNumber')
	.map(([name, label]): [string, Aim] => [label, (expression) => ({ ...goodCreate, additionalFields: { [name]: expression } })]);
const options: Array<[string, Aim]> = [
	['Check Numbers', (checkNumbers) => ({ ...goodCreate, options: { checkNumbers } })],
	['Include Password', (includePassword) => ({ ...goodCreate, options: { includePassword } })],
];

/** Never right, in any field. */
const neverRight = [
	'={{ ["61291234567"] }}',
	'={{ [] }}',
	'={{ ({ value: "61291234567" }) }}',
	'={{ ({}) }}',
	'={{ NaN }}',
	'={{ Infinity }}',
	'={{ -Infinity }}',
	'={{ new Date(0) }}',
	'={{ JSON.parse(\'{"__proto__":{"enabled":true} }\') }}',
	'={{ new Map() }}',
	'={{ Symbol("true") }}',
];

/** Nothing was found. */
const nothing = [
	'={{ null }}',
	'={{ undefined }}',
	'={{ $json.missing }}',
	'={{ $json.missing.deeper }}',
	// n8n turns an error of the expression's own into nothing.
	'={{ (() => { throw new Error("boom") })() }}',
];

async function refused(parameters: INodeParameters, ...labels: string[]): Promise<void> {
	const { errors, outputs, run } = await field.attack({ parameters });
	expect(errors).toEqual([expect.any(String)]);
	expect(errors[0]).toMatch(new RegExp(labels.join('|')));
	expect(errors[0]?.length).toBeLessThan(2000);
	expect(Object.keys(outputs[0]?.json ?? {})).toEqual(['error', 'details']);
	expect(field.writes()).toEqual([]);
	expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
}

describe.each([...required, ...updateFields, ...additionalFields, ...options])('%s (%#)', (label, aim) => {
	test.each(neverRight)('%s is refused by the name of the field, and nothing is written', async (expression) => {
		await refused(aim(expression), label);
	});
});

describe.each([...required, ...updateFields.slice(0, 1), ...additionalFields.slice(0, 1), ...options.slice(0, 1)])(
	'%s (%#)',
	(label, aim) => {
		test.each([
			['to a node that does not exist', "={{ $('No such node').item.json.x }}"],
			['with a mistake in its syntax', '={{ $json. }}'],
			['that is a function', '={{ () => true }}'],
		])('an expression %s names the field or its group, and nothing is written', async (_name, expression) => {
			// n8n resolves a group of fields as one, and says no more than the group.
			await refused(aim(expression), label, 'Update Fields', 'Additional Fields', 'Options');
		});
	},
);

describe.each([...required, ...updateFields])('%s that is needed (%#)', (label, aim) => {
	test.each(nothing)('%s is refused, and nothing is written', async (expression) => {
		await refused(aim(expression), label);
	});
});

describe.each(additionalFields)('%s that is optional', (_label, aim) => {
	test.each(nothing)('%s leaves it out of the new trunk', async (expression) => {
		const { errors } = await field.attack({ parameters: aim(expression) });
		expect(errors).toEqual([undefined]);
		expect(field.writes().map(({ body }) => Object.keys(body as object).sort())).toEqual([['caller_id_number', 'password']]);
	});
});

describe.each([
	['Caller ID', required[1]?.[1] as Aim],
	['Area Code', updateFields[0]?.[1] as Aim],
	['SMS Sender', updateFields[6]?.[1] as Aim],
	['Enabled', updateFields[3]?.[1] as Aim],
	['Password', updateFields[5]?.[1] as Aim],
	['Trunk', required[2]?.[1] as Aim],
	['Check Numbers', options[0]?.[1] as Aim],
])('%s', (label, aim) => {
	test.each(['={{ -1 }}', '={{ 1e21 }}', '={{ 0.5 }}', '={{ 0 }}', '={{ 12n }}'])('the number %s is refused', async (expression) => {
		await refused(aim(expression), label);
	});
});

test('the same workflows with good values are carried out, so the refusals above mean something', async () => {
	for (const parameters of [goodCreate, goodUpdate, { operation: 'suspend', trunk: goodUpdate.trunk ?? '' }]) {
		const { errors } = await field.attack({ parameters });
		expect(errors).toEqual([undefined]);
	}
	expect(field.writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH']);
});

test('in stop mode a bad item stops the run before the good ones are written, with the name of the field', async () => {
	const { run } = await field.attack({
		parameters: { ...goodCreate, additionalFields: { areaCode: '={{ $json.area }}' } },
		items: [{ area: '02' }, { area: 3 }, { area: { code: '02' } }],
		onError: 'stopWorkflow',
	});
	expect(run.data.resultData.error?.message).toBe('Area Code an object is not an Australian area code. Use 02, 03, 07 or 08.');
	expect(field.writes()).toEqual([]);
	expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
});
