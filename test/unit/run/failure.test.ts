import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { failedItem, STOPPED_FAILURE, STOPPED_REPEATING_FAILURE, toFailure, toNodeError } from '../../../nodes/Crazytel/run/failure';
import { properties, things } from './things';

const { settings } = things;

const node: INode = {
	id: '1',
	name: 'Crazytel',
	type: 'n8n-nodes-crazytel.crazytel',
	typeVersion: 1,
	position: [0, 0],
	parameters: {
		password: 'Canary7Abc',
		passwordSource: 'enter',
		updateFields: { password: 'Canary8Abc', description: 'stays' },
		nested: { deeper: { password: { mode: 'Canary9Abc' } } },
		list: ['stays'],
		nothing: null as unknown as string,
	},
};

describe('the item of a failed one', () => {
	const failure = { message: 'Bad', description: 'More', httpCode: '422', field: 'Colour', parameter: 'additionalFields.paint' };
	const { message, ...details } = failure;

	test.each([undefined, 'continueRegularOutput', 'continueErrorOutput'] as const)('has only error and details (On Error: %s)', (onError) => {
		const item = failedItem(failure, { onError }, 7);
		expect(item).toEqual({ json: { error: message, details }, pairedItem: { item: 7 } });
		expect(Object.keys(item.json)).toEqual(['error', 'details']);
	});

	test('has details even when there are none', () => {
		expect(failedItem({ message: 'Bad' }, {}, 0).json).toEqual({ error: 'Bad', details: {} });
	});

	test('has no error beside its json in the other modes, where n8n would put its message in the place of the json', () => {
		expect(failedItem(failure, { onError: 'continueRegularOutput' }, 0).error).toBeUndefined();
		expect(failedItem(failure, {}, 0).error).toBeUndefined();
	});

	const has = (item: INodeExecutionData, isFailed: (keys: string[]) => boolean) => Boolean(item.json.error) && isFailed(Object.keys(item.json));
	const before236 = (keys: string[]) => keys.length === 1 || (keys.length === 2 && keys.includes('message'));
	const since236 = (keys: string[]) => keys.every((key) => ['error', 'message', 'details'].includes(key));

	/** What n8n-core's workflow-execute.js does with the items of a node, in its own order; e2e/hosts runs the real ones. */
	test.each([
		['1.25 to 1.82', before236, true],
		['1.122 to 2.35', before236, false],
		['2.36 to 2.41', since236, false],
	])('leaves by the error output of n8n %s, with the fields of the input and the details', (_versions, isFailed, unsets) => {
		const item = failedItem(failure, { onError: 'continueErrorOutput' }, 0);
		const byError = Boolean(item.error) || has(item, isFailed);
		if (item.error && unsets) item.error = undefined;
		expect(byError).toBe(true);

		const sent: INodeExecutionData = { ...item, json: { customer: 'Harbour Dental', ...item.json } };
		if (sent.error !== undefined) sent.json = { error: sent.error.message };
		expect(sent).toStrictEqual({ json: { customer: 'Harbour Dental', error: message, details }, pairedItem: { item: 0 } });
	});

	test('still has its message where n8n sends on the item itself, as for the first node of a workflow', () => {
		const item = failedItem(failure, { onError: 'continueErrorOutput' }, 0);
		expect(item.error?.message).toBe('Bad');
		expect(JSON.parse(JSON.stringify(item)) as IDataObject).toEqual({ json: { error: message, details }, pairedItem: { item: 0 } });
	});
});

const SECRETS = ['password', 'pin'];

describe('the error that stops a run', () => {
	test.each([undefined, '422', 'ECONNREFUSED'])('keeps a message that holds a code such as ECONNREFUSED (http code %s)', (httpCode) => {
		const message = 'Thing ENOENT at ECONNREFUSED.example: ETIMEDOUT, EPIPE, ENOTFOUND and 500.';
		const error = toNodeError(node, { message, description: 'The rest, ECONNRESET', httpCode }, 7, SECRETS);
		expect(error.message).toBe(message);
		expect(error.description).toBe('The rest, ECONNRESET');
		expect(error.messages).toEqual([]);
		expect(error.context.itemIndex).toBe(7);
	});

	test('has the status where there was an answer', () => {
		expect(toNodeError(node, { message: 'Bad', httpCode: '422' }, 0, SECRETS)).toMatchObject({ name: 'NodeApiError', httpCode: '422' });
		expect(toNodeError(node, { message: 'Bad' }, 0, SECRETS).name).toBe('NodeOperationError');
	});

	test.each([undefined, '422'])('holds no password of the parameters, at any depth (http code %s)', (httpCode) => {
		const error = toNodeError(node, { message: 'Bad', httpCode }, 0, SECRETS);
		expect(error.node.parameters).toEqual({
			password: '***',
			passwordSource: 'enter',
			updateFields: { password: '***', description: 'stays' },
			nested: { deeper: { password: '***' } },
			list: ['stays'],
			nothing: null,
		});
		const everything = JSON.stringify([error, { ...error }, error.message, error.stack, error.cause ?? null]);
		expect(everything).toContain('stays');
		expect(everything).not.toMatch(/Canary/);
	});

	test('holds no other secret of the parameters either', () => {
		const withPin = { ...node, parameters: { pin: '4711', more: { pin: '4712' } } };
		expect(toNodeError(withPin, { message: 'Bad' }, 0, SECRETS).node.parameters).toEqual({ pin: '***', more: { pin: '***' } });
	});

	test("leaves the workflow's own node as it was", () => {
		toNodeError(node, { message: 'Bad' }, 0, SECRETS);
		expect(node.parameters.password).toBe('Canary7Abc');
		expect(node.parameters.updateFields).toEqual({ password: 'Canary8Abc', description: 'stays' });
	});
});

describe('a failure locates its field', () => {
	const invalid = (...fields: string[]) => new InvalidInput(fields.map((field) => ({ field, message: `${field} is bad.` })));
	const refused = (...fields: string[]) => new ApiError('Refused.', '', 'refused', { httpCode: '422', fields });

	test.each([
		['a field', 'thingName', 'Name', 'thingName'],
		['a field of a collection', 'paint', 'Colour Name or ID', 'additionalFields.paint'],
		['the collection itself', 'additionalFields', 'Additional Fields', 'additionalFields'],
	])('%s', (_name, wrong, field, parameter) => {
		expect(toFailure(invalid(wrong), properties)).toEqual({ message: `${wrong} is bad.`, field, parameter });
	});

	test('of several problems the first field is located, and all are said', () => {
		expect(toFailure(invalid('paint', 'pin'), properties)).toEqual({
			message: 'paint is bad. pin is bad.',
			field: 'Colour Name or ID',
			parameter: 'additionalFields.paint',
		});
	});

	test('an option of a dropdown is no field, though it has the name of one', () => {
		const dropdown = { displayName: 'Source', name: 'source', type: 'options' as const, default: '', options: [{ name: 'paint', value: 'paint' }] };
		expect(toFailure(invalid('paint'), [dropdown, ...properties])).toMatchObject({ parameter: 'additionalFields.paint' });
		expect(toFailure(invalid('paint'), [dropdown])).toEqual({ message: 'paint is bad.' });
	});

	// `colour` is how the API calls what the editor has as `paint`.
	test.each(['apiKey', 'baseUrl', 'colour', '__proto__', 'constructor', 'toString', ''])('%p is no field of the node', (name) => {
		expect(toFailure(invalid(name), properties, { settings })).toEqual({ message: `${name} is bad.` });
	});

	test('none is, where no problem names one', () => {
		expect(toFailure(invalid(), properties)).toEqual({ message: '' });
	});

	test('none is, where nothing is known of the fields', () => {
		expect(toFailure(invalid('paint'))).toEqual({ message: 'paint is bad.' });
	});

	test('the one setting that the server names is located, with its status', () => {
		expect(toFailure(refused('colour'), properties, { settings })).toEqual({
			message: 'Refused.',
			httpCode: '422',
			field: 'Colour Name or ID',
			parameter: 'additionalFields.paint',
		});
	});

	test.each<[string, string[]]>([
		['of several settings none is blamed', ['colour', 'pin']],
		['where none is named, none is blamed', []],
		['what is no setting of the kind is none', ['weight']],
		["a parameter's name is no name of the API", ['paint']],
		['what every object has is none', ['constructor']],
	])('%s', (_name, fields) => {
		expect(toFailure(refused(...fields), properties, { settings })).toEqual({ message: 'Refused.', httpCode: '422' });
	});

	test('without the settings of a kind no name of the API is one of a field', () => {
		expect(toFailure(refused('pin'), properties)).toEqual({ message: 'Refused.', httpCode: '422' });
	});

	test.each([['the parameter', 'thingName', 'Name'], ['a field', 'paint', 'Colour Name or ID']])(
		'an expression that fails names %s',
		(_name, parameter, field) => {
			const thrown = Object.assign(new Error('x is not defined'), { context: { parameter }, description: 'More' });
			expect(toFailure(thrown, properties)).toMatchObject({
				message: `${field}: the expression failed. x is not defined`,
				description: 'More',
				field,
			});
		},
	);

	test('an expression that fails names the parameter that was being read rather than the one of the error', () => {
		const thrown = Object.assign(new Error('x is not defined'), { context: { parameter: 'thingName' } });
		expect(toFailure(thrown, properties, { failingParameter: 'pin' })).toStrictEqual({
			message: 'PIN: the expression failed. x is not defined',
			field: 'PIN',
			parameter: 'pin',
		});
	});

	test('an error that is about no field has its own words', () => {
		expect(toFailure(new Error('No credential'), properties)).toStrictEqual({ message: 'No credential' });
	});

	test.each([undefined, null, '', 'text', 0, {}, { message: '' }, { message: 5, description: 5 }])('whatever is thrown becomes a sentence: %p', (thrown) => {
		expect(toFailure(thrown, properties)).toEqual({ message: 'Something unexpected happened' });
	});
});

describe('Stop', () => {
	test('is no failure of the item, and its words have the one by which n8n knows it', () => {
		expect(toFailure(new Stopped(), properties)).toBe(STOPPED_FAILURE);
		for (const { message } of [STOPPED_FAILURE, STOPPED_REPEATING_FAILURE]) expect(message).toContain('canceled');
	});

	test('does not say of what an earlier try has written that nothing was', () => {
		expect(STOPPED_FAILURE).toStrictEqual({
			message: 'The execution was canceled before this item was sent. Nothing was written for it.',
		});
		expect(STOPPED_REPEATING_FAILURE).toStrictEqual({
			message:
				'The execution was canceled before this item was sent again. An earlier try has written it, but an item before it that changes the same thing may have been sent again since. Check it in the Crazytel portal.',
		});
	});
});
