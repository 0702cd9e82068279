import type { IExecuteFunctions } from 'n8n-workflow';

import { checkNumbers, includePassword } from '../../../nodes/Crazytel/resources/sipTrunk/fields';
import { createItem, type Item } from '../../../nodes/Crazytel/run/item';
import { knownTrunks } from '../../../nodes/Crazytel/run/knownTrunks';
import { InvalidInput } from '../../../nodes/Crazytel/validation/invalidInput';

/** An item whose parameters n8n has resolved to these values. */
function itemWith(parameters: Record<string, unknown>): { item: Item; asked: unknown[][]; hints: Set<string> } {
	const asked: unknown[][] = [];
	const hints = new Set<string>();
	const context = {
		getNodeParameter: (...question: unknown[]) => {
			asked.push(question);
			const [name, , fallback] = question as [string, number, unknown];
			return Object.hasOwn(parameters, name) ? parameters[name] : fallback;
		},
	} as unknown as IExecuteFunctions;
	const lookups = { trunks: async () => knownTrunks([], 0), knownTrunks: undefined, verifiedNumbers: async () => [] };
	return { item: createItem(context, 3, { lookups, hints }), asked, hints };
}

test("every parameter is read at the item's own index", () => {
	const { item, asked } = itemWith({});
	item.parameter('password');
	item.locator('trunk');
	item.collection('updateFields', 'Update Fields');
	item.option(checkNumbers);
	expect(asked.map(([, index]) => index)).toEqual([3, 3, 3, 3]);
});

test.each([
	['what it holds, with its mode', { __rl: true, mode: 'username', value: 'CT123456' }, { mode: 'username', value: 'CT123456' }],
	['an id, where an expression stands for all of it', 'CT123456', { mode: 'id', value: 'CT123456' }],
	['nothing, where it is empty', undefined, { mode: 'id', value: '' }],
])('a resource locator gives %s', (_name, trunk, given) => {
	const { item } = itemWith(trunk === undefined ? {} : { trunk });
	expect(item.locator('trunk')).toEqual(given);
});

test('what was never set is empty', () => {
	const { item } = itemWith({});
	expect(item.parameter('password')).toBe('');
	expect(item.collection('updateFields', 'Update Fields')).toEqual({});
});

test.each([
	['a list', []],
	['a list of groups', [{ enabled: true }]],
	['text', 'enabled'],
	['an empty text', ''],
	['a number', 5],
	['true', true],
	['NaN', Number.NaN],
	['null', null],
	['a function', () => ({})],
	['a date', new Date(0)],
	['a map', new Map([['enabled', true]])],
])('%s is no set of fields', (_name, value) => {
	const { item } = itemWith({ additionalFields: value, options: value });
	const read = () => item.collection('additionalFields', 'Additional Fields');
	expect(read).toThrow(InvalidInput);
	expect(read).toThrow('Additional Fields must be a set of fields. Add its fields one by one.');
	expect(() => item.option(checkNumbers)).toThrow('Options must be a set of fields.');
});

test('an option is read as it was set, also as a word', () => {
	expect(itemWith({ options: { checkNumbers: 'FALSE' } }).item.option(checkNumbers)).toBe(false);
	expect(itemWith({ options: {} }).item.option(checkNumbers)).toBe(true);
});

test.each([null, undefined, '', 0, 'no', [], {}])('an option that is %p is refused by its name, not taken for the default', (value) => {
	const { item } = itemWith({ options: { checkNumbers: value } });
	expect(() => item.option(checkNumbers)).toThrow(/^Check Numbers must be true or false/);
});

test('an option is not inherited', () => {
	const options = Object.create({ checkNumbers: false, includePassword: true }) as object;
	const { item } = itemWith({ options });
	expect(item.option(checkNumbers)).toBe(true);
	expect(item.option(includePassword)).toBe(false);
});

describe('the parameter that could not be read', () => {
	const failing = (...names: string[]): Item => {
		const context = {
			getNodeParameter: (name: string) => {
				if (names.includes(name)) throw new Error(`The expression of ${name} failed`);
				return '';
			},
		} as unknown as IExecuteFunctions;
		return createItem(context, 0, { lookups: {} as Item['lookups'], hints: new Set() });
	};

	test('is the first of them, and n8n\'s error is thrown on', () => {
		const item = failing('password', 'trunk');
		item.parameter('callerIdNumber');
		expect(item.failingParameter).toBeUndefined();
		expect(() => item.parameter('password')).toThrow('The expression of password failed');
		expect(() => item.locator('trunk')).toThrow('The expression of trunk failed');
		expect(item.failingParameter).toBe('password');
	});
});

test('the same hint is kept once', () => {
	const { item, hints } = itemWith({});
	item.hint('one');
	item.hint('one');
	item.hint('other');
	expect([...hints]).toEqual(['one', 'other']);
});
