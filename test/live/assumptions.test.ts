/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PACKAGE_ROOT } from '../../engine/boot';
import { assumptions } from '../../live/assumptions';
import { requestsOf } from '../../live/check';
import { inCodeNode } from '../../live/inCodeNode';
import { rowsOf } from '../../live/print';
import { newMarks } from '../../live/profile';
import { reportOn } from '../../live/report';
import { liveRequests } from '../../live/requests';
import { defaultSwitches } from '../../sandbox';
import { byName } from '../../sandbox/switches';
import { rowsOf as cellsOf } from '../tables';

const page = readFileSync(join(PACKAGE_ROOT, 'docs/crazytel-api.md'), 'utf8');

/** The rows of "What is not known". */
const rows = cellsOf(page.slice(page.indexOf('## What is not known')))
	.filter(([unknown]) => unknown !== 'unknown')
	.map(([unknown = '', mark, , sandbox = '']) => ({ id: /^<a id="([\w-]+)">/.exec(unknown)?.[1], mark, sandbox }));

/** Switches that only set the scene: they are no question about the service. */
const SCENERY = ['balance', 'optedOut'];

test('every row of the page has an assumption with its mark, and every assumption a row', () => {
	expect(rows.length).toBeGreaterThan(40);
	expect(rows.map(({ id, mark }) => [id, mark]).sort()).toEqual(assumptions.map(({ id, mark }) => [id, mark]).sort());
});

test.each(assumptions.map((assumption) => [assumption.id, assumption] as const))(
	'%s: its row names its switches',
	(id, { switches }) => {
		const row = rows.find((one) => one.id === id);
		const names = Object.keys(switches).map((name) => name.replace('callRecords.', ''));
		expect(names.filter((name) => !row?.sandbox.includes(`\`${name}\``))).toEqual([]);
	},
);

test('the switches are those of the sandbox, with its defaults, each in one assumption', () => {
	const listed = assumptions.flatMap(({ switches }) => Object.entries(switches));
	const defaults = byName(defaultSwitches);
	expect(Object.fromEntries(listed)).toEqual(
		Object.fromEntries(Object.entries(defaults).filter(([name]) => !SCENERY.includes(name))),
	);
	expect(listed).toHaveLength(new Set(listed.map(([name]) => name)).size);
});

test('requests that an assumption names are there, and what can be read names some', () => {
	const known = liveRequests.map(({ id }) => id);
	for (const { id, requests, read } of assumptions) {
		expect([id, requests.filter((request) => !known.includes(request))]).toEqual([id, []]);
		expect([id, read === undefined]).toEqual([id, requests.length === 0]);
	}
	expect(new Set(known).size).toBe(known.length);
});

test('the core set is about twelve requests, all of them about thirty-five', () => {
	const count = (sets: string[]) =>
		liveRequests.filter(({ id, set }) => sets.includes(set) && !/^cdr-voice-(?!1000$)/.test(id)).length;
	expect(count(['core'])).toBe(12);
	expect(count(['core', 'all'])).toBe(36);
});

test('a verdict changes the mark of its row and of the rows that it bears on', () => {
	const judged = assumptions.map(({ id, question }) => ({
		id,
		question,
		verdict: 'refuted' as const,
		saw: 'otherwise',
	}));
	const marks = newMarks({ date: '2026-12-01', verdicts: judged }, page);
	const expected = assumptions.reduce((sum, { rows: others = [] }) => sum + 1 + others.length, 0);
	expect(marks).toHaveLength(expected);
	expect(marks[0]?.mark).toBe('seen live, 2026-12-01: otherwise');
	const lines = page.split('\n');
	for (const { line, row } of marks) expect(lines[line - 1]).toContain(row);
});

test('what only --all shows is said to be so, and what it has not shown either is not', () => {
	const seen = (id: string) => ({ id, status: 200, headers: {}, kind: 'json' as const, body: [], ms: 1 });
	const judged = (ids: string[]) =>
		reportOn(Object.fromEntries(ids.map((id) => [id, seen(id)])), { host: '', now: 0 }).verdicts;
	const filters = (ids: string[]) =>
		rowsOf({ verdicts: judged(ids).filter(({ id }) => id === 'trunk-list-filters') })[0]?.found;
	expect(filters(['balance', 'trunks'])).toBe('npm run check:live -- --all asks for it');
	expect(filters(['balance', 'trunks', 'addresses'])).toBe('no answer of this account showed it');
});

test('in n8n, what only the command shows is told with the command, once', async () => {
	const ids = requestsOf({ all: false, baseUrl: '' }).map(({ id }) => id);
	const { read } = await inCodeNode(
		'https://crazytel.io',
		ids,
		ids.map(() => ({ json: { statusCode: 200, data: '[]', headers: {} } })),
		0,
	);
	expect([...new Set(read.map(({ found }) => found).filter((found) => found.includes('npm run')))].sort()).toEqual([
		'npm run check:live -- --all asks for it',
		'npm run check:live -- --throwaway-trunk shows it',
		'npm run check:live with the SMS key in CRAZYTEL_SMS_API_KEY shows it',
	]);
});
