/* eslint-disable @n8n/community-nodes/no-restricted-imports -- plays what n8n gives */
import { Readable } from 'node:stream';

import { readBody } from '../../../nodes/Crazytel/api/answerBody';

const never = new AbortController().signal;

/** What is read of a body that comes in pieces of so many bytes. */
async function bodyOf(text: string | Buffer, { isGood = true, pieceBytes = 65_536 } = {}) {
	const bytes = Buffer.from(text);
	const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, at) =>
		bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes),
	);
	return await readBody(Readable.from(pieces), isGood, never);
}

/** As axios does it. */
function byJsonParse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

const entries = Array.from({ length: 700 }, (_, at) => ({
	id: String(at),
	note: `${'ü😀"\\[{,'.repeat(60)}${at}`,
	list: [at, [null, true, -1.5e3]],
}));

describe('a body', () => {
	test.each<[string, string]>([
		['a long list', JSON.stringify(entries)],
		['a long list with space around everything', JSON.stringify(entries, null, 2)],
		['a wrapped long list', JSON.stringify({ count: 1, trunks: entries, next: 'x' })],
		[
			'one that is wrapped twice, with another one beside it',
			JSON.stringify({ data: { data: entries, more: entries }, trunks: entries }),
		],
		['a long list in a list', JSON.stringify([entries])],
		['a long list with a key like that of a prototype', `{"__proto__":${JSON.stringify(entries)}}`],
		['two lists under one name', `{"a":${JSON.stringify(entries)},"a":[1]}`],
		['a long record', JSON.stringify(Object.fromEntries(entries.map(({ id, note }) => [id, note])))],
		['a short list', '[1,2]'],
		['a record', '{"a":1}'],
		['a text', '"a"'],
		['a number', '12'],
		['nothing', ''],
		['words', 'Not Found'],
		['half a record', '{"a":'],
	])('that is %s is read as JSON.parse reads it, in whatever pieces it comes', async (_name, text) => {
		for (const pieceBytes of text.length > 1_000 ? [9_973, 65_536, 10_000_000] : [1, 65_536]) {
			for (const isGood of text.length > 1_000 ? [true] : [true, false]) {
				expect(await bodyOf(text, { pieceBytes, isGood })).toEqual({ body: byJsonParse(text) });
			}
		}
	});

	test('that is no whole long list is text, and as much of it as is of use', async () => {
		const text = JSON.stringify(entries);
		const middle = text.indexOf('},{', text.length / 2) + 1;
		const broken = [
			text.slice(0, -1),
			text.slice(0, text.length / 2),
			`${text}]`,
			`${text} words`,
			`${text.slice(0, -1)},]`,
			`${text.slice(0, middle)},${text.slice(middle)}`,
			`[,${text.slice(1)}`,
			`{"a":${text}`,
			`{a:${text}}`,
			`{"a":${text}]`,
		];
		for (const one of broken) {
			expect(() => JSON.parse(one) as unknown).toThrow();
			expect(await bodyOf(one)).toEqual({
				body: Buffer.from(one)
					.subarray(0, 2 ** 20)
					.toString()
					.slice(0, 2 ** 20),
			});
		}
	});

	test('has the mark of UTF-8 before it taken away', async () => {
		expect(await bodyOf('\ufeff{"a":1}')).toEqual({ body: { a: 1 } });
		expect(await bodyOf(`\ufeff${JSON.stringify(entries)}`)).toEqual({ body: entries });
		expect(await bodyOf('\ufeffwords', { isGood: false })).toEqual({ body: 'words' });
	});

	test.each<[string, unknown]>([
		['a record', { a: 1 }],
		['text', 'words'],
		['nothing', undefined],
		['null', null],
		['a list', [1]],
	])('that somebody else has read (%s) is taken as it is', async (_name, body) => {
		expect(await readBody(body, true, never)).toEqual({ body });
	});

	test('may come as texts', async () => {
		expect(await readBody(Readable.from(['{"a"', ':1}']), true, never)).toEqual({ body: { a: 1 } });
	});
});

describe('a body that is too large', () => {
	/** A body without end, and how much of it was taken. */
	function endless(piece: string) {
		const told = { taken: 0 };
		const stream = Readable.from(
			(function* () {
				for (;;) {
					told.taken += piece.length;
					yield Buffer.from(piece);
				}
			})(),
		);
		return { stream, told };
	}

	test('is read no further than the bound, and its stream is ended', async () => {
		const { stream, told } = endless(' '.repeat(2 ** 20));
		expect(await readBody(stream, true, never)).toEqual({ body: undefined, excess: 'more than 64 MB' });
		expect([stream.destroyed, told.taken < 2 ** 27]).toEqual([true, true]);
	});

	test('of a refusal is cut, as no more of it is shown', async () => {
		const { stream, told } = endless('words '.repeat(10_000));
		const { body, excess } = await readBody(stream, false, never);
		expect([(body as string).length, excess, stream.destroyed, told.taken < 2 ** 22]).toEqual([
			2 ** 20,
			undefined,
			true,
			true,
		]);
	});

	test('and is text keeps its beginning', async () => {
		expect((await bodyOf(`<html>${'x'.repeat(2 ** 21)}`)).body).toHaveLength(2 ** 20);
	});
});

describe('a body that does not end', () => {
	test('is given up when the signal says so', async () => {
		const cut = new AbortController();
		const stream = new Readable({ read: () => undefined });
		stream.push(' ');
		const reading = readBody(stream, true, cut.signal);
		cut.abort();
		await expect(reading).rejects.toThrow();
		expect(stream.destroyed).toBe(true);
	});

	test('is not begun after that', async () => {
		const stream = Readable.from(['{}']);
		await expect(readBody(stream, true, AbortSignal.abort())).rejects.toThrow();
		expect(stream.destroyed).toBe(true);
	});

	test('fails as its stream fails', async () => {
		const stream = new Readable({ read: () => undefined });
		const reading = readBody(stream, true, never);
		stream.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
		await expect(reading).rejects.toThrow('aborted');
	});
});
