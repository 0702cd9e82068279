/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import { phoneNumber } from '../../nodes/Crazytel/input/phoneNumber';
import { resources } from '../../nodes/Crazytel/resources';
import { scripts } from '../../package.json';
import { rowsOf } from '../tables';
import { ROOT } from './tree';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const quoted = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

/** The rows of the table whose heading begins so. */
function rowsBelow(paper: string, heading: string): string[][] {
	const tables = read(paper).split('\n\n').map(rowsOf);
	return tables.find(([head]) => head?.[0] === heading)?.slice(1) ?? [];
}

describe('docs/numbers.md', () => {
	const taken = rowsBelow('docs/numbers.md', 'written').flatMap(([written, sent]) => {
		const numbers = quoted(sent);
		return quoted(written).map((form, place) => [form, numbers[place] ?? numbers[0]]);
	});
	const refused = rowsBelow('docs/numbers.md', 'refused').flatMap(([written]) => quoted(written));

	it('has both tables', () => {
		expect([taken.length, refused.length]).toEqual([21, 9]);
	});

	it.each(taken)('%s is sent as %s', (form, number) => {
		expect(phoneNumber.safeParse(form)).toEqual({ success: true, data: number });
	});

	it.each(refused)('%s is refused', (form) => {
		expect(phoneNumber.safeParse(form).success).toBe(false);
	});
});

describe('docs/operations.md', () => {
	const sections = read('docs/operations.md').split('\n## ');
	/** On one line, as a name may stand on two. */
	const sectionOf = (resource: string) =>
		(sections.find((section) => section.includes(`Resource **${resource}**`)) ?? '').replace(/\s+/g, ' ');

	it.each(resources)('has a section for $name with all its operations', ({ name, operations }) => {
		const section = sectionOf(name);
		expect(operations.filter((operation) => !section.includes(`**${operation.name}**`))).toEqual([]);
	});

	it.each(resources)('names every field of $name', ({ name, operations }) => {
		const fields = operations
			.flatMap(({ properties }) => properties)
			.flatMap((field) => [field, ...((field.options ?? []) as INodeProperties[])])
			.filter((field) => 'type' in field)
			.map(({ displayName }) => displayName.replace(/ Name or ID$/, ''));
		expect([...new Set(fields)].filter((field) => !sectionOf(name).includes(field))).toEqual([]);
	});
});

describe('docs/security.md', () => {
	/** A proof is a file and behind it names of tests; `npm run …` is one, too. */
	const proofs = rowsOf(read('docs/security.md')).flatMap((cells) => {
		const found: Array<[file: string, name: string | undefined]> = [];
		for (const [, file = '', names = ''] of cells
			.join('|')
			.matchAll(/`((?:test|e2e)\/[^`]+\.ts)`((?:(?: |, )`(?!test\/|e2e\/|npm )[^`]+`)*)/g)) {
			found.push([file, undefined], ...quoted(names).map((name): [string, string] => [file, name]));
		}
		return found;
	});
	const commands = quoted(read('docs/security.md')).flatMap((text) => /^npm run (\S+)/.exec(text)?.[1] ?? []);

	it('has proofs', () => {
		expect(proofs.filter(([, name]) => name !== undefined).length).toBeGreaterThan(30);
		expect(commands).toEqual(expect.arrayContaining(['lint', 'scan', 'verify:published']));
	});

	it('names tests that exist', () => {
		const isThere = ([file, name]: (typeof proofs)[number]) =>
			existsSync(join(ROOT, file)) && (name === undefined || read(file).replaceAll("\\'", "'").includes(name));
		expect(proofs.filter((proof) => !isThere(proof))).toEqual([]);
	});

	it('names commands that exist', () => {
		expect(commands.filter((command) => !(command in scripts))).toEqual([]);
	});
});

it('the README is at most 200 lines long, and CONTRIBUTING.md 60', () => {
	const lines = (paper: string) => read(paper).trimEnd().split('\n').length;
	expect(lines('README.md')).toBeLessThanOrEqual(200);
	expect(lines('CONTRIBUTING.md')).toBeLessThanOrEqual(60);
});
