import { isRecord, readDeleted, readList, readThing, readThings, text } from '../../../nodes/Crazytel/api/body';

const thing = { id: '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f', username: 'CT123456', enabled: false, area_code: null };
const other = { ...thing, id: '018f2f6a-1111-7abc-8def-0123456789ab', username: 'CT654321' };

describe('one thing', () => {
	test.each([
		['bare', thing],
		['wrapped in data', { data: thing }],
		['wrapped beside words', { message: 'Created', trunk: thing }],
		['wrapped beside another object', { meta: { page: 1 }, sip_trunk: thing }],
	])('%s is read as it is', (_name, body) => {
		expect(readThing(body)).toEqual(thing);
	});

	test.each([
		['bare', { ...thing, password: 'Canary7Abc', pin: '1234' }],
		['wrapped', { data: { ...thing, password: 'Canary7Abc', pin: '1234' } }],
	])('what is hidden is dropped, and nothing else: %s', (_name, body) => {
		expect(readThing(body, ['password', 'pin'])).toStrictEqual(thing);
		expect(readThing(body, ['pin'])).toStrictEqual({ ...thing, password: 'Canary7Abc' });
		// One of the two is enough, as the thing may lack the other.
		expect(readThing(body, ['password', 'secret'])).toStrictEqual({ ...thing, pin: '1234' });
	});

	test('one that is as it is to be is not copied, as of very many that would be felt', () => {
		expect(readThing(thing, ['password'])).toBe(thing);
	});

	test('a numeric id becomes text', () => {
		expect(readThing({ id: 17 })).toEqual({ id: '17' });
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', 'created'],
		['an empty text', ''],
		['a number', 1],
		['a boolean', true],
		['a list', [thing]],
		['an empty object', {}],
		['words', { message: 'Created' }],
		['an empty id', { id: '' }],
		['an id that is an object', { id: {} }],
		['an id that is null', { id: null }],
		['two of them', { one: thing, two: other }],
		['one wrapped twice', { data: { thing } }],
	])('%s is no thing', (_name, body) => {
		expect(readThing(body)).toBeUndefined();
	});

	test('prototype keys stay harmless', () => {
		const read = readThing(JSON.parse('{"id":"x","__proto__":{"id":"evil","polluted":1}}'));
		expect(read?.id).toBe('x');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(readThing(JSON.parse('{"__proto__":{"password":"x"}}'))).toBeUndefined();
	});
});

describe('a list of things', () => {
	test.each([
		['bare', [thing, other]],
		['wrapped', { sip_trunks: [thing, other] }],
		['wrapped beside a count', { count: 2, results: [thing, other] }],
	])('%s is read in its order', (_name, body) => {
		expect(readThings(body)).toEqual([thing, other]);
	});

	test.each([
		['bare', []],
		['wrapped', { trunks: [] }],
	])('an empty list is a list: %s', (_name, body) => {
		expect(readThings(body)).toEqual([]);
	});

	test('no entry keeps what is hidden', () => {
		const secret = { password: 'Canary7Abc' };
		expect(
			readThings(
				[
					{ ...thing, ...secret },
					{ ...other, ...secret },
				],
				['password'],
			),
		).toStrictEqual([thing, other]);
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', '[]'],
		['an object without a list', { thing }],
		['two lists', { trunks: [thing], numbers: [] }],
		['an entry without an id', [thing, { username: 'CT1' }]],
		['an entry that is text', [thing, 'CT1']],
		['an entry that is null', [null]],
	])('%s is no list of things', (_name, body) => {
		expect(readThings(body)).toBeUndefined();
	});
});

describe('the answer to a delete', () => {
	test.each([
		[undefined],
		[null],
		[''],
		[' \n'],
		[{}],
		[[]],
		[true],
		[{ ok: true }],
		[{ deleted: true }],
		[{ removed: true }],
		[{ success: true }],
		[{ deleted: 1 }],
		[{ message: 'Trunk deleted' }],
		[{ message: 'Trunk deleted', request: 'a1' }],
	])('%j says that it was done', (body) => {
		expect(readDeleted(body)).toEqual({ deleted: true });
	});

	test('may not be text: a proxy may have written it', () => {
		expect(readDeleted('Sign in')).toBeUndefined();
	});

	test.each<[unknown]>([
		[[thing]],
		[['Trunk deleted']],
		[false],
		[1],
		[{ message: 'Not found' }],
		[{ status: 'queued' }],
		[{ message: 'Delete accepted' }],
		[{ message: 'Delete scheduled' }],
		[{ deleted: 0 }],
		[{ trunk: thing }],
		[{ trunks: ['Deleted'] }],
	])('%j does not say that it was done', (body) => {
		expect(readDeleted(body)).toBeUndefined();
	});
});

describe('a list', () => {
	test.each([
		['bare', ['a', 1]],
		['the only one in an object', { count: 2, results: ['a', 1], next: null }],
		['the only one in an object around which there is another', { data: { results: ['a', 1] }, meta: {} }],
		['the only one beside what went wrong', { results: ['a', 1], errors: [], warnings: [], links: [] }],
	])('%s is read as it is', (_name, body) => {
		expect(readList(body)).toEqual(['a', 1]);
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', '[]'],
		['an object without one', { results: {} }],
		['two of them', { a: [], b: [] }],
		['one that is wrapped twice', { data: { data: { results: [] } } }],
	])('%s is none', (_name, body) => {
		expect(readList(body)).toBeUndefined();
	});
});

test.each([
	[' CT123456\n', 'CT123456'],
	[1234567, '1234567'],
	[0, '0'],
	['', ''],
	[null, ''],
	[undefined, ''],
	[true, ''],
	[['CT1'], ''],
	[{ name: 'CT1' }, ''],
])('%j as people compare it is the text %j', (value, expected) => {
	expect(text(value)).toBe(expected);
});

test('a record is an object that is no list', () => {
	expect([{}, Object.create(null), { id: 'x' }].map(isRecord)).toEqual([true, true, true]);
	expect([null, undefined, [], 'id', 1].map(isRecord)).toEqual([false, false, false, false, false]);
});
