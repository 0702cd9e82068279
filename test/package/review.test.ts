/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { CrazytelApi } from '../../credentials/CrazytelApi.credentials';
import { Crazytel } from '../../nodes/Crazytel/Crazytel.node';
import { CrazytelTrigger } from '../../nodes/Crazytel/CrazytelTrigger.node';
import manifest from '../../package.json';
import { ROOT } from './tree';

// What n8n's reviewers look at, and its lint cannot see in fields that are put together, or does not see yet.

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const nodes = [new Crazytel().description, new CrazytelTrigger().description];

type Option = INodeProperties | INodePropertyOptions | INodePropertyCollection;
const isField = (option: Option): option is INodeProperties => 'displayName' in option && 'type' in option;
const within = (fields: INodeProperties[]): INodeProperties[] =>
	fields.flatMap((field) => [field, ...within(((field.options ?? []) as Option[]).filter(isField))]);
const fields = within([...nodes.flatMap(({ properties }) => properties), ...new CrazytelApi().properties]);

it('there are fields to look at', () => {
	expect(fields.length).toBeGreaterThan(100);
});

it('a field has a default, its hint is short, and none takes JSON', () => {
	expect(fields.filter((field) => field.default === undefined || field.type === 'json')).toEqual([]);
	expect(fields.filter(({ hint = '' }) => hint.length > 120)).toEqual([]);
});

it('a switch says Whether, and a placeholder e.g.', () => {
	const switches = fields.filter(({ type }) => type === 'boolean');
	expect(switches.length).toBeGreaterThan(20);
	expect(switches.filter(({ description = '' }) => !description.startsWith('Whether '))).toEqual([]);

	const placeholders = fields
		.filter(({ type }) => type !== 'collection')
		.flatMap(({ placeholder, modes = [] }) => [
			placeholder ?? [],
			...modes.filter(({ type }) => type !== 'list').map((mode) => mode.placeholder),
		])
		.flat();
	expect(placeholders.length).toBeGreaterThan(20);
	expect(placeholders.filter((placeholder) => placeholder?.startsWith('e.g. ') !== true)).toEqual([]);
});

it('the entries of a list stand in the order of the alphabet, each once, and without a star', () => {
	const named = fields.map(({ options = [] }) =>
		(options as Option[]).map((option) => (isField(option) ? option.displayName : option.name)),
	);
	expect(named.filter((names) => names.length >= 5).length).toBeGreaterThan(10);
	for (const names of named) {
		if (names.length >= 5)
			expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en', { sensitivity: 'base' })));
		expect(new Set(names).size).toBe(names.length);
		expect(names.filter((name) => name.includes('*'))).toEqual([]);
	}
});

/** The entries of the menus of that name. */
const entriesOf = (menu: string) =>
	nodes
		.flatMap(({ properties }) => properties)
		.filter(({ name }) => name === menu)
		.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
const operations = entriesOf('operation');

it('what a menu says of an operation or an event is not cut off by n8n, which shows two lines', () => {
	const entries = [...operations, ...entriesOf('event')];
	expect(entries.length).toBeGreaterThan(20);
	expect(entries.filter(({ description = '' }) => description.length > 112)).toEqual([]);
});

it('an action has no article, and the description has the words of n8n', () => {
	expect(operations.length).toBeGreaterThan(15);
	for (const { name, action = '', description = '' } of operations) {
		expect(action).not.toMatch(/\b(?:an?|the)\b|^$/i);
		if (name.startsWith('Get')) expect(description).toMatch(/^Retrieve /);
		if (name === 'Delete') expect(description).toMatch(/^Delete a .* permanently/);
		if (name === 'Get Many') expect(description).toMatch(/^Retrieve a list of /);
	}
});

it.each(['Crazytel', 'CrazytelTrigger'])("%s has one credential, and one of n8n's categories", (name) => {
	const node = nodes.find((each) => each.name === name.toLowerCase().replace('trigger', 'Trigger'));
	expect(node?.credentials).toHaveLength(1);
	const codex = JSON.parse(read(`nodes/Crazytel/${name}.node.json`)) as Record<string, unknown>;
	expect(codex).toMatchObject({ node: `${manifest.name}.${node?.name}`, categories: ['Communication'] });
	expect(codex).not.toHaveProperty('subcategories');
});

it('the repository holds this package alone', () => {
	expect(manifest.repository).not.toHaveProperty('directory');
});

/** WCAG's contrast of two colours. */
function contrast(...colours: [string, string]): number {
	const [darker = 0, lighter = 0] = colours
		.map((colour) => {
			const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
				const part = parseInt(colour.slice(at, at + 2), 16) / 255;
				return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		})
		.sort((one, other) => one - other);
	return (lighter + 0.05) / (darker + 0.05);
}

it.each([
	['icons/crazytel.svg', '#ffffff'],
	['icons/crazytel.dark.svg', '#2b2b2b'],
])('every colour of %s can be seen on %s', (icon, background) => {
	const colours = read(icon).match(/#[\da-f]{6}/gi) ?? [];
	expect(colours.length).toBeGreaterThan(1);
	for (const colour of colours) expect(contrast(colour, background)).toBeGreaterThan(3);
});
