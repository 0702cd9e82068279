import { createGauge, type LongList } from '../../../nodes/Crazytel/api/gauge';

/** What is too much of a text, whether it comes in one piece or byte by byte. */
function excessOf(text: string | Buffer, pieceBytes = 65_536): string | undefined {
	const bytes = Buffer.from(text);
	const gauge = createGauge();
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		const excess = gauge.add(bytes.subarray(at, at + pieceBytes));
		if (excess !== undefined) return excess;
	}
	return undefined;
}

const repeated = (entry: string, count: number): string => Array<string>(count).fill(entry).join(',');
const list = (entry: string, count: number): string => `[${repeated(entry, count)}]`;
const record = (count: number): string => `{${repeated('"a":1', count)}}`;

/** With a comma. */
const MEGABYTE = `"${'a'.repeat(2 ** 20 - 3)}"`;

describe('a bound', () => {
	test.each<[string, string, string, string]>([
		['of entries in a list', list('1', 250_000), list('1', 250_001), 'a list of more than 250,000 entries'],
		[
			'of entries in a list that stands deep',
			`{"a":[[${list('1', 250_000)}]]}`,
			`{"a":[[${list('1', 250_001)}]]}`,
			'a list of more than 250,000 entries',
		],
		['of fields in a record', record(10_000), record(10_001), 'a record of more than 10,000 fields'],
		[
			'of levels',
			`${'['.repeat(1_000)}${']'.repeat(1_000)}`,
			'['.repeat(1_001),
			'more than 1,000 levels of lists and records in one another',
		],
		[
			'of levels of records',
			'{"a":'.repeat(1_000),
			'{"a":'.repeat(1_001),
			'more than 1,000 levels of lists and records in one another',
		],
		['of values', list(list('1', 100), 24_000), list(list('1', 100), 50_000), 'more than 5,000,000 values'],
		['of a text', `["${'a'.repeat(2 ** 20 - 1)}"]`, `["${'a'.repeat(2 ** 20)}"]`, 'a text of more than 1 MB'],
		['of bytes', list(MEGABYTE, 64).replace('aa', 'a'), list(MEGABYTE, 64), 'more than 64 MB'],
	])('%s is kept to, and what is beyond it is told', (_name, good, large, told) => {
		expect(excessOf(good)).toBeUndefined();
		expect(excessOf(large)).toBe(told);
	});

	test('leaves room for an account with 100,000 trunks of 600 bytes and 30 fields', () => {
		const trunk = JSON.stringify({
			...Object.fromEntries(Array.from({ length: 29 }, (_, at) => [`field_${at}`, 'x'])),
			note: 'y'.repeat(600 - 29 * 16),
		});
		expect(trunk.length).toBeGreaterThanOrEqual(550);
		expect(excessOf(list(trunk, 100_000))).toBeUndefined();
	});

	test('counts nothing that stands in a text, with quotes and backslashes in it, however it is cut', () => {
		const text = JSON.stringify([`${'[{,"\\'.repeat(2_000)}`, '\\', '"', '\\"', 1]);
		for (const pieceBytes of [1, 2, 3, 7, 65_536]) {
			expect(excessOf(text, pieceBytes)).toBeUndefined();
			expect(excessOf(`[${text},${record(10_001)}]`, pieceBytes)).toBe('a record of more than 10,000 fields');
		}
	});

	test('begins behind white space and the mark of UTF-8, byte by byte too', () => {
		expect(excessOf(`\ufeff \r\n\t${record(10_001)}`, 1)).toBe('a record of more than 10,000 fields');
	});

	test('of what is no JSON is that of bytes alone: a web page may have any brackets', () => {
		expect(excessOf(`<html>${'['.repeat(5_000)}"${'a'.repeat(2 ** 21)}`)).toBeUndefined();
		expect(excessOf(`<html>${' '.repeat(2 ** 26)}`)).toBe('more than 64 MB');
	});
});

describe('a long list', () => {
	const entry = JSON.stringify({ note: 'x'.repeat(1_000), list: [1, [2]] });
	const long = list(entry, 1_000);

	function longListOf(text: string): LongList | undefined {
		const gauge = createGauge();
		for (let at = 0; at < text.length; at += 10_000) gauge.add(Buffer.from(text.slice(at, at + 10_000)));
		return gauge.longList;
	}

	test.each([
		['bare', '', ''],
		['wrapped', '{"count":1,"trunks":', ',"next":null}'],
		['wrapped twice', '{"data":{"data":', '}}'],
	])('that is %s may be cut at commas between its entries', (_name, before, after) => {
		const text = `${before}${long}${after}`;
		const found = longListOf(text);
		expect(found).toMatchObject({ start: before.length, end: before.length + long.length - 1 });
		expect(found?.cuts.length).toBeGreaterThan(2);
		for (const cut of found?.cuts ?? []) expect(text.slice(cut - 1, cut + 2)).toBe('},{');
	});

	test.each([
		['is short', list(entry, 10)],
		['stands in another list', `[${long}]`],
		['stands in a record in a list', `[{"a":${long}}]`],
	])('that %s is parsed in one go', (_name, text) => {
		expect(longListOf(text)).toBeUndefined();
	});

	test('is the first of two', () => {
		expect(longListOf(`{"a":${long},"b":${long}}`)).toMatchObject({ start: 5, end: 5 + long.length - 1 });
	});
});
