import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { createItem, type Item } from '../../../nodes/Crazytel/run/item';
import { createKnown, type Known } from '../../../nodes/Crazytel/run/known';
import { keyFor, originOf, type WithOrigin } from '../../../nodes/Crazytel/run/origin';

/** An option of a made-up operation. */
const ringFirst: INodeProperties = { displayName: 'Ring First', name: 'ringFirst', type: 'boolean', default: true };

const updateFields = { name: 'updateFields', displayName: 'Update Fields' };

/** An item whose parameters n8n has resolved to these values. */
function itemWith(parameters: Record<string, unknown>): {
	item: Item;
	asked: unknown[][];
	hints: Set<string>;
	known: Known;
} {
	const asked: unknown[][] = [];
	const hints = new Set<string>();
	const context = {
		getNodeParameter: (...question: unknown[]) => {
			asked.push(question);
			const [name, , fallback] = question as [string, number, unknown];
			return Object.hasOwn(parameters, name) ? parameters[name] : fallback;
		},
	} as unknown as IExecuteFunctions;
	const known = createKnown({ send: jest.fn(), accountId: 'account' });
	return { item: createItem(context, 3, { known, hints }), asked, hints, known };
}

test("every parameter is read at the item's own index", () => {
	const { item, asked } = itemWith({});
	item.parameter('pin');
	item.locator('thing');
	item.collection(updateFields);
	item.option(ringFirst);
	expect(asked.map(([, index]) => index)).toEqual([3, 3, 3, 3]);
});

test('a collection is resolved once, however many of its fields are read; one that cannot be read is refused each time', () => {
	const { item, asked } = itemWith({ options: { ringFirst: true }, updateFields: 'none' });
	for (let time = 0; time < 3; time++) {
		expect(item.option(ringFirst)).toBe(true);
		expect(() => item.collection(updateFields)).toThrow(InvalidInput);
	}
	expect(asked.map(([name]) => name)).toEqual(['options', 'updateFields', 'updateFields', 'updateFields']);
});

test.each([
	['what it holds, with its mode', { __rl: true, mode: 'name', value: 'Lamp' }, { mode: 'name', value: 'Lamp' }],
	[
		'what it holds without the mark of a locator, too',
		{ mode: 'name', value: 'Lamp' },
		{ mode: 'name', value: 'Lamp' },
	],
	['an id, where an expression stands for all of it', 'a-1', { mode: 'id', value: 'a-1' }],
	[
		'a thing that an expression has put in its place, as it is',
		{ id: 'a-1', name: 'Lamp' },
		{ mode: 'id', value: { id: 'a-1', name: 'Lamp' } },
	],
	[
		'the name that something had in the list',
		{ __rl: true, mode: 'list', value: 'a-1', cachedResultName: 'Lamp' },
		{ mode: 'list', value: 'a-1', called: 'Lamp' },
	],
	[
		'no name of something that was chosen before, in another mode',
		{ __rl: true, mode: 'id', value: 'a-2', cachedResultName: 'Lamp' },
		{ mode: 'id', value: 'a-2' },
	],
	[
		'no name that is none',
		{ __rl: true, mode: 'list', value: 'a-1', cachedResultName: '' },
		{ mode: 'list', value: 'a-1' },
	],
	[
		'what an expression has put in its place, where that has no id',
		{ name: 'Lamp' },
		{ mode: 'id', value: { name: 'Lamp' } },
	],
	[
		'no name that an expression has put there and that is no text',
		{ __rl: true, mode: 'list', value: 'a-1', cachedResultName: 5 },
		{ mode: 'list', value: 'a-1' },
	],
	[
		'what it holds, if it has the mark of a locator, whatever else it has',
		{ __rl: true, mode: 'name', value: 'Lamp', id: 'b-2' },
		{ mode: 'name', value: 'Lamp' },
	],
	[
		'a thing that has an id as it is, though it has a mode and a value, too',
		{ id: 'a-1', mode: 'dark', value: 5 },
		{ mode: 'id', value: { id: 'a-1', mode: 'dark', value: 5 } },
	],
	['what it holds, where it has no mode', { value: 'Lamp' }, { mode: undefined, value: 'Lamp' }],
	['nothing, where it has only a mode', { mode: 'list' }, { mode: 'list', value: undefined }],
	['a list as it is', ['a-1'], { mode: 'id', value: ['a-1'] }],
	['no id that is inherited', Object.create({ id: 'a-1' }), { mode: 'id', value: {} }],
	['nothing, where it is empty', undefined, { mode: 'id', value: '' }],
])('a resource locator gives %s', (_name, thing, given) => {
	const { item } = itemWith(thing === undefined ? {} : { thing });
	expect(item.locator('thing')).toEqual(given);
});

test.each([
	[{ updateFields: { lit: '={{ $json.lit }}' } }, true],
	[{ updateFields: { lit: '=' } }, true],
	[{ updateFields: '={{ $json }}' }, true],
	[{ updateFields: { lit: '' } }, false],
	[{ updateFields: { lit: ' = 1' } }, false],
	[{ updateFields: { lit: true } }, false],
	[{ updateFields: { colour: '={{ $json.lit }}' } }, false],
	[{ options: { lit: '={{ $json.lit }}' } }, false],
	[{}, false],
])('whether an expression stands in a field is told by the node itself: %j', (parameters, expected) => {
	const context = { getNode: () => ({ parameters }) } as unknown as IExecuteFunctions;
	const item = createItem(context, 0, { known: {} as Known, hints: new Set() });
	expect(item.isExpression('updateFields', 'lit')).toBe(expected);
});

test.each([
	['={{ $json.lit }}', true],
	['lit', false],
	[{ lit: '={{ $json.lit }}' }, false],
	[undefined, false],
])('without the name of a field it is told of the parameter alone: %j', (pin, expected) => {
	const context = { getNode: () => ({ parameters: { pin } }) } as unknown as IExecuteFunctions;
	const item = createItem(context, 0, { known: {} as Known, hints: new Set() });
	expect(item.isExpression('pin')).toBe(expected);
});

test.each([
	['={{ $json.lit }}', true],
	["={{ $fromAI('Lit', '', 'string') }}", false],
	['={{ /*n8n-auto-generated-fromAI-override*/ $fromAI("Lit") }}', false],
	['lit', false],
	['', false],
	[undefined, false],
])('whether a parameter is an expression of the user, and none that a model fills: %j', (lit, expected) => {
	const context = { getNode: () => ({ parameters: { lit } }) } as unknown as IExecuteFunctions;
	expect(createItem(context, 0, { known: {} as Known, hints: new Set() }).isOwnExpression('lit')).toBe(expected);
});

test('the time zone is that of the workflow', () => {
	const context = { getTimezone: () => 'Australia/Sydney' } as unknown as IExecuteFunctions;
	expect(createItem(context, 0, { known: {} as Known, hints: new Set() }).timeZone).toBe('Australia/Sydney');
});

test('what was never set is empty', () => {
	const { item } = itemWith({});
	expect(item.parameter('pin')).toBe('');
	expect(item.collection(updateFields)).toEqual({});
});

test.each([
	['a list', []],
	['a list of groups', [{ lit: true }]],
	['text', 'lit'],
	['an empty text', ''],
	['a number', 5],
	['true', true],
	['NaN', Number.NaN],
	['null', null],
	['a function', () => ({})],
	['a date', new Date(0)],
	['a map', new Map([['lit', true]])],
])('%s is no set of fields', (_name, value) => {
	const { item } = itemWith({ additionalFields: value, options: value });
	const read = () => item.collection({ name: 'additionalFields', displayName: 'Additional Fields' });
	expect(read).toThrow(InvalidInput);
	expect(read).toThrow('Additional Fields must be a set of fields. Add its fields one by one.');
	expect(() => item.option(ringFirst)).toThrow('Options must be a set of fields.');
});

test('an option is read as it was set, also as a word', () => {
	expect(itemWith({ options: { ringFirst: 'FALSE' } }).item.option(ringFirst)).toBe(false);
	expect(itemWith({ options: { ringFirst: 'yes' } }).item.option(ringFirst)).toBe(true);
	expect(itemWith({ options: { ringFirst: false } }).item.option(ringFirst, true)).toBe(false);
});

test.each([{}, { options: {} }, { options: { other: true } }])(
	'an option that was not added is off, whatever its default, unless it is one to be switched off: %j',
	(parameters) => {
		const { item } = itemWith(parameters);
		for (const field of [ringFirst, { ...ringFirst, default: false }]) {
			expect(item.option(field)).toBe(false);
			expect(item.option(field, true)).toBe(true);
		}
	},
);

test.each([null, undefined, '', 2, 'N', [], {}])(
	'an option that is %p is refused by its name, not taken for the default',
	(value) => {
		const { item } = itemWith({ options: { ringFirst: value } });
		expect(() => item.option(ringFirst)).toThrow(/^Ring First must be true or false/);
	},
);

test('an option is not inherited', () => {
	const options = Object.create({ ringFirst: true }) as object;
	expect(itemWith({ options }).item.option(ringFirst)).toBe(false);
});

describe('the parameter that could not be read', () => {
	const failing = (...names: string[]): Item => {
		const context = {
			getNodeParameter: (name: string) => {
				if (names.includes(name)) throw new Error(`The expression of ${name} failed`);
				return '';
			},
		} as unknown as IExecuteFunctions;
		return createItem(context, 0, { known: {} as Known, hints: new Set() });
	};

	test("is the first of them, and n8n's error is thrown on", () => {
		const item = failing('pin', 'thing');
		item.parameter('colour');
		expect(item.failingParameter).toBeUndefined();
		expect(() => item.parameter('pin')).toThrow('The expression of pin failed');
		expect(() => item.locator('thing')).toThrow('The expression of thing failed');
		expect(item.failingParameter).toBe('pin');
	});

	test('is the collection of an option, too', () => {
		const item = failing('options');
		expect(() => item.option(ringFirst)).toThrow('The expression of options failed');
		expect(item.failingParameter).toBe('options');
	});
});

test('what is wrong with a collection is told by its name', () => {
	const { item } = itemWith({ updateFields: 'all' });
	let thrown: unknown;
	try {
		item.collection(updateFields);
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toMatchObject({
		problems: [
			{ field: 'updateFields', message: 'Update Fields must be a set of fields.\nAdd its fields one by one.' },
		],
	});
	// It could be read: what it holds is wrong.
	expect(item.failingParameter).toBeUndefined();
});

test('an item knows what its run knows', () => {
	const { item, known } = itemWith({});
	expect(item.known).toBe(known);
});

test('the same hint is kept once', () => {
	const { item, hints } = itemWith({});
	item.hint('one');
	item.hint('one');
	item.hint('other');
	expect([...hints]).toEqual(['one', 'other']);
});

test('a key by which a server knows what is sent is that of the item, in each of its tries, and of what is sent', () => {
	const context = {
		getExecutionId: () => '7',
		getWorkflow: () => ({ id: 'w-1' }),
		getNode: () => ({ id: 'n-1' }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
	} as unknown as IExecuteFunctions;
	const memory: WithOrigin = {};
	const keyOf = (index: number, content: unknown, remembered: WithOrigin = memory) =>
		createItem(context, index, { known: {} as Known, hints: new Set() }, remembered).keyFor(content);
	const key = keyOf(3, { text: 'Hello' });
	expect(key).toBe(keyFor(originOf(context, 3, {}), { text: 'Hello' }));
	expect(keyOf(3, { text: 'Bye' })).not.toBe(key);
	expect(keyOf(4, { text: 'Hello' }, {})).not.toBe(key);
	// The next try is told by what is remembered, wherever n8n counts it.
	expect(keyOf(4, { text: 'Hello' })).toBe(key);
});
