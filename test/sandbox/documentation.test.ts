/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PACKAGE_ROOT } from '../../engine/boot';
import { defaultSwitches } from '../../sandbox';
import { byName, readSwitches } from '../../sandbox/switches';
import { rowsOf } from '../tables';

interface Row {
	name: string;
	/** The default, then the other values; those that are described in words alone are left out. */
	values: unknown[];
}

const rows: Row[] = rowsOf(readFileSync(join(PACKAGE_ROOT, 'docs/sandbox.md'), 'utf8')).flatMap(
	([first = '', ...more]) => {
		const name = /^`([\w.]+)`$/.exec(first)?.[1];
		if (name === undefined || more.length < 2) return [];
		const values = more.slice(0, -1).join(' ');
		return [{ name, values: [...values.matchAll(/`([^`]+)`/g)].map(([, value]): unknown => JSON.parse(value ?? '')) }];
	},
);

/** By the names of the page: those of call records have theirs in front. */
const switches = byName(defaultSwitches);

const changeOf = (name: string, value: unknown): unknown => {
	const [group, inner] = name.split('.');
	return { [group ?? '']: inner === undefined ? value : { [inner]: value } };
};

/** What zod says that it would have taken, where it lists that. */
function choicesOf(name: string): string[] {
	try {
		readSwitches(changeOf(name, 'no such value'));
		return [];
	} catch (error) {
		return [...(error as Error).message.matchAll(/'([^']+)'|\b(\d{3})\b/g)].map(
			([, text, status]) => text ?? status ?? '',
		);
	}
}

test('the page names every switch once, and no other', () => {
	expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(switches).sort());
});

test.each(rows)('$name: its default, and other values that it takes', ({ name, values: [first, ...more] }) => {
	expect(first).toEqual(switches[name]);
	for (const value of more) expect(() => readSwitches(changeOf(name, value))).not.toThrow();
});

test.each(rows)('$name: all values that it has to choose from', ({ name, values }) => {
	const choices = choicesOf(name).filter((choice) => choice !== 'no such value');
	expect(choices.filter((choice) => !values.map(String).includes(choice))).toEqual([]);
});
