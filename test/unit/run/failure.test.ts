import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import {
	failedItem,
	STOPPED_FAILURE,
	STOPPED_REPEATING_FAILURE,
	toFailure,
	toNodeError,
} from '../../../nodes/Crazytel/run/failure';
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
	const failure = {
		message: 'Bad',
		description: 'More',
		httpCode: '422',
		field: 'Colour',
		parameter: 'additionalFields.paint',
	};
	const { message, ...details } = failure;

	test.each([undefined, 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'has only error and details (On Error: %s)',
		(onError) => {
			const item = failedItem(failure, { onError }, 7);
			expect(item).toEqual({ json: { error: message, details }, pairedItem: { item: 7 } });
			expect(Object.keys(item.json)).toEqual(['error', 'details']);
		},
	);

	test('has all of its words in one text, and not once more in parts', () => {
		const parts = [{ happened: 'Bad.', cure: 'Mend it.', label: 'Colour' }];
		expect(failedItem({ message: 'Bad. Mend it.', parts, field: 'Colour' }, {}, 0).json).toStrictEqual({
			error: 'Bad. Mend it.',
			details: { field: 'Colour' },
		});
	});

	test('has details even when there are none', () => {
		expect(failedItem({ message: 'Bad' }, {}, 0).json).toEqual({ error: 'Bad', details: {} });
	});

	test('has no error beside its json in the other modes, where n8n would put its message in the place of the json', () => {
		expect(failedItem(failure, { onError: 'continueRegularOutput' }, 0).error).toBeUndefined();
		expect(failedItem(failure, {}, 0).error).toBeUndefined();
	});

	const has = (item: INodeExecutionData, isFailed: (keys: string[]) => boolean) =>
		Boolean(item.json.error) && isFailed(Object.keys(item.json));
	const before236 = (keys: string[]) => keys.length === 1 || (keys.length === 2 && keys.includes('message'));
	const since236 = (keys: string[]) => keys.every((key) => ['error', 'message', 'details'].includes(key));

	/** What n8n-core's workflow-execute.js does with the items of a node, in its own order; e2e/hosts runs the real ones. */
	test.each([
		['1.25 to 1.82', before236, true],
		['1.122 to 2.35', before236, false],
		['2.36 to 2.41', since236, false],
	])(
		'leaves by the error output of n8n %s, with the fields of the input and the details',
		(_versions, isFailed, unsets) => {
			const item = failedItem(failure, { onError: 'continueErrorOutput' }, 0);
			const byError = Boolean(item.error) || has(item, isFailed);
			if (item.error && unsets) item.error = undefined;
			expect(byError).toBe(true);

			const sent: INodeExecutionData = { ...item, json: { customer: 'Harbour Dental', ...item.json } };
			if (sent.error !== undefined) sent.json = { error: sent.error.message };
			expect(sent).toStrictEqual({
				json: { customer: 'Harbour Dental', error: message, details },
				pairedItem: { item: 0 },
			});
		},
	);

	test('lets n8n take its error away as well', () => {
		const item = failedItem(failure, { onError: 'continueErrorOutput' }, 0);
		delete item.error;
		expect(item.error).toBeUndefined();
	});

	test('still has its message where n8n sends on the item itself, as for the first node of a workflow', () => {
		const item = failedItem(failure, { onError: 'continueErrorOutput' }, 0);
		expect(item.error?.message).toBe('Bad');
		expect(JSON.parse(JSON.stringify(item)) as IDataObject).toEqual({
			json: { error: message, details },
			pairedItem: { item: 0 },
		});
	});
});

const SECRETS = ['password', 'pin'];
const BAD = { happened: 'Bad', more: [] };

describe('the error that stops a run', () => {
	test.each([undefined, '422', 'ECONNREFUSED'])(
		'keeps a message that holds a code such as ECONNREFUSED (http code %s)',
		(httpCode) => {
			const happened = 'Thing ENOENT at ECONNREFUSED.example: ETIMEDOUT, EPIPE, ENOTFOUND and 500.';
			const error = toNodeError(node, { happened, more: ['The rest, ECONNRESET'], httpCode }, 7, SECRETS);
			expect(error.message).toBe(happened);
			expect(error.description).toBe('The rest, ECONNRESET');
			expect(error.messages).toEqual([]);
			expect(error.context.itemIndex).toBe(7);
		},
	);

	test.each([undefined, '422'])(
		'has a headline that reads the same as text and as HTML, and below it HTML (http code %s)',
		(httpCode) => {
			const evil = '<a href="https://evil.example">R&D</a> `x`';
			const error = toNodeError(node, { happened: evil, more: [evil, [evil, 'Two.'], 'End.'], httpCode }, 0, SECRETS);
			const defused = '&#60;a href="https://evil.example"&#62;R&#38;D&#60;/a&#62; &#96;x&#96;';
			expect(error.message).toBe('‹a href="https://evil.example"›R&D‹/a› `x`');
			expect(error.description).toBe(`${defused}<ul><li>${defused}</li><li>Two.</li></ul>End.`);
		},
	);

	test.each([undefined, '422'])(
		'tells a model all in the message, the only thing that it sees (http code %s)',
		(httpCode) => {
			const error = toNodeError(
				node,
				{ happened: 'Bad.', more: ['Do this.', ['One.', 'Two.'], 'End.'], httpCode },
				0,
				SECRETS,
				true,
			);
			expect(error.message).toBe('Bad. Do this. One. Two. End.');
			// n8n would tell it a second time.
			expect(error.description).toBeUndefined();
		},
	);

	test('has no description where there is nothing more to say', () => {
		expect(toNodeError(node, { happened: 'Bad.', more: [] }, 0, SECRETS).description).toBeUndefined();
	});

	test('has the status where there was an answer', () => {
		expect(toNodeError(node, { ...BAD, httpCode: '422' }, 0, SECRETS)).toMatchObject({
			name: 'NodeApiError',
			httpCode: '422',
		});
		expect(toNodeError(node, BAD, 0, SECRETS).name).toBe('NodeOperationError');
	});

	test.each([undefined, '422'])('holds no password of the parameters, at any depth (http code %s)', (httpCode) => {
		const error = toNodeError(node, { ...BAD, httpCode }, 0, SECRETS);
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
		expect(toNodeError(withPin, BAD, 0, SECRETS).node.parameters).toEqual({ pin: '***', more: { pin: '***' } });
	});

	test("leaves the workflow's own node as it was", () => {
		toNodeError(node, BAD, 0, SECRETS);
		expect(node.parameters.password).toBe('Canary7Abc');
		expect(node.parameters.updateFields).toEqual({ password: 'Canary8Abc', description: 'stays' });
	});
});

describe('a failure locates its field', () => {
	const invalid = (...fields: string[]) =>
		new InvalidInput(fields.map((field) => ({ field, message: `${field} is bad.\nMend it.` })));
	const refused = (...fields: string[]) => new ApiError('Refused.', 'Mend it.', 'refused', { httpCode: '422', fields });
	const part = (name: string, label?: string) => ({ happened: `${name} is bad.`, cure: 'Mend it.', label });
	const parts = [{ happened: 'Refused.', cure: 'Mend it.' }];

	test.each([
		['a field', 'thingName', 'Name', 'thingName'],
		['a field of a collection', 'paint', 'Colour Name or ID', 'additionalFields.paint'],
		['the collection itself', 'additionalFields', 'Additional Fields', 'additionalFields'],
	])('%s', (_name, wrong, field, parameter) => {
		expect(toFailure(invalid(wrong), properties)).toEqual({
			message: `${wrong} is bad. Mend it.`,
			parts: [part(wrong, field.replace(' Name or ID', ''))],
			field,
			parameter,
		});
	});

	test('messages leave out only the end of its name that n8n wants', () => {
		const field = { displayName: 'Name or ID of Colour', name: 'shade', type: 'string' as const, default: '' };
		expect(toFailure(invalid('shade'), [field])).toMatchObject({
			parts: [part('shade', 'Name or ID of Colour')],
			field: 'Name or ID of Colour',
		});
		const other = { ...field, displayName: 'Colour Name or ID List' };
		expect(toFailure(invalid('shade'), [other]).parts).toEqual([part('shade', 'Colour Name or ID List')]);
	});

	test('of several problems the first field is located, and all are said', () => {
		expect(toFailure(invalid('paint', 'pin'), properties)).toEqual({
			message: 'paint is bad. Mend it. pin is bad. Mend it.',
			parts: [part('paint', 'Colour'), part('pin', 'PIN')],
			field: 'Colour Name or ID',
			parameter: 'additionalFields.paint',
		});
	});

	test('an option of a dropdown is no field, though it has the name of one', () => {
		const dropdown = {
			displayName: 'Source',
			name: 'source',
			type: 'options' as const,
			default: '',
			options: [{ name: 'paint', value: 'paint' }],
		};
		expect(toFailure(invalid('paint'), [dropdown, ...properties])).toMatchObject({
			parameter: 'additionalFields.paint',
		});
		expect(toFailure(invalid('paint'), [dropdown])).toEqual({
			message: 'paint is bad. Mend it.',
			parts: [part('paint')],
		});
	});

	// `colour` is how the API calls what the editor has as `paint`.
	test.each(['apiKey', 'baseUrl', 'colour', '__proto__', 'constructor', 'toString', ''])(
		'%p is no field of the node',
		(name) => {
			expect(toFailure(invalid(name), properties, { settings })).toEqual({
				message: `${name} is bad. Mend it.`,
				parts: [part(name)],
			});
		},
	);

	test('none is, where no problem names one', () => {
		expect(toFailure(invalid(), properties)).toEqual({ message: '', parts: [] });
	});

	test('none is, where nothing is known of the fields', () => {
		expect(toFailure(invalid('paint'))).toEqual({ message: 'paint is bad. Mend it.', parts: [part('paint')] });
	});

	test('the one setting that the server names is located, with its status', () => {
		expect(toFailure(refused('colour'), properties, { settings })).toEqual({
			message: 'Refused. Mend it.',
			parts,
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
		expect(toFailure(refused(...fields), properties, { settings })).toEqual({
			message: 'Refused. Mend it.',
			parts,
			httpCode: '422',
		});
	});

	test('without the settings of a kind no name of the API is one of a field', () => {
		expect(toFailure(refused('pin'), properties)).toEqual({ message: 'Refused. Mend it.', parts, httpCode: '422' });
	});

	test.each([
		['the parameter', 'thingName', 'Name'],
		['a field', 'paint', 'Colour Name or ID'],
	])('an expression that fails names %s', (_name, parameter, field) => {
		const thrown = Object.assign(new Error('x is not defined'), { context: { parameter }, description: 'More' });
		expect(toFailure(thrown, properties)).toMatchObject({
			message: `${field}: the expression failed. x is not defined`,
			description: 'More',
			field,
		});
	});

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

	test.each([undefined, null, '', 'text', 0, {}, { message: '' }, { message: 5, description: 5 }])(
		'whatever is thrown becomes a sentence: %p',
		(thrown) => {
			expect(toFailure(thrown, properties)).toEqual({ message: 'Something unexpected happened' });
		},
	);
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
