import type { INode, INodeProperties } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { findOperation } from '../../../nodes/Crazytel/resources';
import { failedOutput, toFailure, toNodeError } from '../../../nodes/Crazytel/run/failure';
import { InvalidInput } from '../../../nodes/Crazytel/validation/invalidInput';

const create = findOperation('sipTrunk', 'create').properties;
const update = findOperation('sipTrunk', 'update').properties;

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

describe('the output of a failed item', () => {
	test('has only error and details, or n8n would call it a success', () => {
		const output = failedOutput({ message: 'Bad', description: 'More', httpCode: '422', field: 'Area Code', parameter: 'additionalFields.areaCode' }, {});
		expect(output).toEqual({
			error: 'Bad',
			details: { description: 'More', httpCode: '422', field: 'Area Code', parameter: 'additionalFields.areaCode' },
		});
		expect(Object.keys(output)).toEqual(['error', 'details']);
	});

	test('has details even when there are none', () => {
		expect(failedOutput({ message: 'Bad' }, {})).toEqual({ error: 'Bad', details: {} });
	});

	test('has no details for the error output of an n8n that takes none there, or a failure would leave as a success', () => {
		const failure = { message: 'Bad', httpCode: '422' };
		expect(failedOutput(failure, { onError: 'continueErrorOutput' }, false)).toEqual({ error: 'Bad' });
		expect(failedOutput(failure, { onError: 'continueRegularOutput' }, false)).toEqual({ error: 'Bad', details: { httpCode: '422' } });
		// This n8n takes them.
		expect(failedOutput(failure, { onError: 'continueErrorOutput' })).toEqual({ error: 'Bad', details: { httpCode: '422' } });
	});
});

describe('the error that stops a run', () => {
	test.each([undefined, '422', 'ECONNREFUSED'])('keeps a message that holds a code such as ECONNREFUSED (http code %s)', (httpCode) => {
		const message = 'Trunk ENOENT at ECONNREFUSED.example: ETIMEDOUT, EPIPE, ENOTFOUND and 500.';
		const error = toNodeError(node, { message, description: 'The rest, ECONNRESET', httpCode }, 7);
		expect(error.message).toBe(message);
		expect(error.description).toBe('The rest, ECONNRESET');
		expect(error.messages).toEqual([]);
		expect(error.context.itemIndex).toBe(7);
	});

	test('has the status where there was an answer', () => {
		expect(toNodeError(node, { message: 'Bad', httpCode: '422' }, 0)).toMatchObject({ name: 'NodeApiError', httpCode: '422' });
		expect(toNodeError(node, { message: 'Bad' }, 0).name).toBe('NodeOperationError');
	});

	test.each([undefined, '422'])('holds no password of the parameters, at any depth (http code %s)', (httpCode) => {
		const error = toNodeError(node, { message: 'Bad', httpCode }, 0);
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

	test("leaves the workflow's own node as it was", () => {
		toNodeError(node, { message: 'Bad' }, 0);
		expect(node.parameters.password).toBe('Canary7Abc');
		expect(node.parameters.updateFields).toEqual({ password: 'Canary8Abc', description: 'stays' });
	});
});

describe('a failure locates its field', () => {
	const invalid = (...fields: string[]) => new InvalidInput(fields.map((field) => ({ field, message: `${field} is bad.` })));

	test.each<[string, INodeProperties[], string, string, string]>([
		['a field', create, 'password', 'Password', 'password'],
		["a field by the API's name", create, 'caller_id_number', 'Caller ID Name or ID', 'callerIdNumber'],
		['a field of Additional Fields', create, 'area_code', 'Area Code', 'additionalFields.areaCode'],
		['a field of three words', create, 'softphone_show_balance', 'Softphone Show Balance', 'additionalFields.softphoneShowBalance'],
		['an option', create, 'checkNumbers', 'Check Numbers', 'options.checkNumbers'],
		['a field of Update Fields', update, 'caller_id_number', 'Caller ID Name or ID', 'updateFields.callerIdNumber'],
		['a password of Update Fields', update, 'password', 'Password', 'updateFields.password'],
		['the trunk', update, 'trunk', 'Trunk', 'trunk'],
		['the collection itself', update, 'updateFields', 'Update Fields', 'updateFields'],
	])('%s', (_name, properties, name, field, parameter) => {
		expect(toFailure(invalid(name), properties)).toEqual({ message: `${name} is bad.`, field, parameter });
	});

	test('of several problems the first field is located, and all are said', () => {
		expect(toFailure(invalid('area_code', 'sms_sender'), create)).toEqual({
			message: 'area_code is bad. sms_sender is bad.',
			field: 'Area Code',
			parameter: 'additionalFields.areaCode',
		});
	});

	test.each(['apiKey', 'baseUrl', '__proto__', 'constructor', 'toString', ''])('%p is no field of the node', (name) => {
		expect(toFailure(invalid(name), create)).toEqual({ message: `${name} is bad.` });
	});

	test('the one setting that the server names is located, with its status', () => {
		expect(toFailure(new ApiError('Refused.', '', 'refused', { httpCode: '422', fields: ['password'] }), create)).toEqual({
			message: 'Refused.',
			httpCode: '422',
			field: 'Password',
			parameter: 'password',
		});
	});

	test('of several settings none is blamed', () => {
		expect(toFailure(new ApiError('Refused.', '', 'refused', { httpCode: '400', fields: ['caller_id_number', 'sms_sender'] }), create)).toEqual({
			message: 'Refused.',
			httpCode: '400',
		});
	});

	test.each([['the parameter', 'callerIdNumber', 'Caller ID Name or ID'], ['a field', 'areaCode', 'Area Code']])(
		'an expression that fails names %s',
		(_name, parameter, field) => {
			const thrown = Object.assign(new Error('x is not defined'), { context: { parameter }, description: 'More' });
			expect(toFailure(thrown, create)).toMatchObject({
				message: `${field}: the expression failed. x is not defined`,
				description: 'More',
				field,
			});
		},
	);

	test.each([undefined, null, '', 'text', 0, {}, { message: '' }, { message: 5, description: 5 }])('whatever is thrown becomes a sentence: %p', (thrown) => {
		expect(toFailure(thrown, create)).toEqual({ message: 'Something unexpected happened' });
	});
});
