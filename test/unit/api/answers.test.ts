import { readDeleted, readTrunk, readTrunkList, readVerifiedNumbers } from '../../../nodes/Crazytel/api/answers';

const trunk = { id: '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f', username: 'CT123456', enabled: false, area_code: null };
const other = { ...trunk, id: '018f2f6a-1111-7abc-8def-0123456789ab', username: 'CT654321' };

describe('one trunk', () => {
	test.each([
		['bare', trunk],
		['wrapped in data', { data: trunk }],
		['wrapped beside words', { message: 'Created', trunk }],
		['wrapped beside another object', { meta: { page: 1 }, sip_trunk: trunk }],
	])('%s is read as it is', (_name, body) => {
		expect(readTrunk(body)).toEqual(trunk);
	});

	test.each([
		['bare', { ...trunk, password: 'Canary7Abc' }],
		['wrapped', { data: { ...trunk, password: 'Canary7Abc' } }],
	])('its password is dropped: %s', (_name, body) => {
		expect(readTrunk(body)).toEqual(trunk);
		expect(readTrunk(body)).not.toHaveProperty('password');
	});

	test('a numeric id becomes text', () => {
		expect(readTrunk({ id: 17 })).toEqual({ id: '17' });
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', 'created'],
		['an empty text', ''],
		['a number', 1],
		['a boolean', true],
		['a list', [trunk]],
		['an empty object', {}],
		['words', { message: 'Created' }],
		['an empty id', { id: '' }],
		['an id that is an object', { id: {} }],
		['an id that is null', { id: null }],
		['two of them', { one: trunk, two: other }],
		['one wrapped twice', { data: { trunk } }],
	])('%s is no trunk', (_name, body) => {
		expect(readTrunk(body)).toBeUndefined();
	});

	test('prototype keys stay harmless', () => {
		const read = readTrunk(JSON.parse('{"id":"x","__proto__":{"id":"evil","polluted":1}}'));
		expect(read?.id).toBe('x');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(readTrunk(JSON.parse('{"__proto__":{"password":"x"}}'))).toBeUndefined();
	});
});

describe('the list of trunks', () => {
	test.each([
		['bare', [trunk, other]],
		['wrapped', { sip_trunks: [trunk, other] }],
		['wrapped beside a count', { count: 2, results: [trunk, other] }],
	])('%s is read in its order', (_name, body) => {
		expect(readTrunkList(body)).toEqual([trunk, other]);
	});

	test.each([['bare', []], ['wrapped', { trunks: [] }]])('an empty list is a list: %s', (_name, body) => {
		expect(readTrunkList(body)).toEqual([]);
	});

	test('no entry keeps its password', () => {
		expect(readTrunkList([{ ...trunk, password: 'Canary7Abc' }])).toEqual([trunk]);
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', '[]'],
		['an object without a list', { trunk }],
		['two lists', { trunks: [trunk], errors: [] }],
		['an entry without an id', [trunk, { username: 'CT1' }]],
		['an entry that is text', [trunk, 'CT1']],
		['an entry that is null', [null]],
	])('%s is no list of trunks', (_name, body) => {
		expect(readTrunkList(body)).toBeUndefined();
	});
});

describe('the answer to a delete', () => {
	test.each([[undefined], [null], [''], [' \n'], [{}], [[]], [{ ok: true }], [true]])('%j says that it was done', (body) => {
		expect(readDeleted(body)).toEqual({ deleted: true });
	});

	test('may not be text: a proxy may have written it', () => {
		expect(readDeleted('Sign in')).toBeUndefined();
	});
});

describe('the verified numbers', () => {
	const numbers = [{ number: '61291234567' }, { number: '61412345678' }];

	test.each([
		['strings', ['61291234567', '61412345678']],
		['numbers', [61291234567, 61412345678]],
		['wrapped strings', { verified_numbers: ['61291234567', '61412345678'] }],
		['as people write them', ['(02) 9123 4567', '+61 412 345 678']],
		...['number', 'caller_id', 'caller_id_number', 'cli', 'did_number', 'phone_number'].flatMap(
			(key): Array<[string, unknown]> => [
				[`objects with ${key}`, [{ [key]: '61291234567' }, { [key]: '61412345678' }]],
				[`wrapped objects with ${key}`, { data: [{ [key]: '61291234567' }, { [key]: 61412345678 }] }],
			],
		),
	])('%s are read', (_name, body) => {
		expect(readVerifiedNumbers(body)).toEqual(numbers);
	});

	test.each(['description', 'label', 'name'])('the %s of a number is its name', (key) => {
		expect(readVerifiedNumbers([{ number: '61291234567', [key]: ' Office ' }])).toEqual([
			{ number: '61291234567', name: 'Office' },
		]);
	});

	test('a name of space is no name', () => {
		expect(readVerifiedNumbers([{ number: '61291234567', name: '  ' }])).toEqual([{ number: '61291234567' }]);
	});

	test('the same number in two forms is one', () => {
		expect(readVerifiedNumbers(['61291234567', '02 9123 4567'])).toEqual([{ number: '61291234567' }]);
	});

	test('a number that this node cannot read is kept as the account has it', () => {
		expect(readVerifiedNumbers([' 131114 '])).toEqual([{ number: '131114' }]);
	});

	test.each([['bare', []], ['wrapped', { numbers: [] }]])('no number is an empty list: %s', (_name, body) => {
		expect(readVerifiedNumbers(body)).toEqual([]);
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['text', '61291234567'],
		['an object without a list', { number: '61291234567' }],
		['two lists', { a: ['61291234567'], b: [] }],
		['an entry without a digit', ['61291234567', 'none']],
		['an entry that is null', [null]],
		['an entry that is a list', [['61291234567']]],
		['an object without a number', [{ name: 'Office' }]],
		['an object whose number is a boolean', [{ number: true }]],
	])('%s is no list of numbers', (_name, body) => {
		expect(readVerifiedNumbers(body)).toBeUndefined();
	});
});
