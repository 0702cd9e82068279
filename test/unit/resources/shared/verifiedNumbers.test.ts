import { ApiError } from '../../../../nodes/Crazytel/api/apiError';
import { findOperation } from '../../../../nodes/Crazytel/resources';
import {
	readVerifiedNumbers,
	verifiedNumbers,
} from '../../../../nodes/Crazytel/resources/shared/verifiedNumbers/endpoint';
import { itemOf } from '../itemOf';

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
		expect(readVerifiedNumbers(body)).toMatchObject(numbers);
	});

	test.each(['description', 'label', 'name'])('the %s of a number is its name', (key) => {
		expect(readVerifiedNumbers([{ number: '61291234567', [key]: ' Office ' }])).toEqual([
			{ number: '61291234567', name: 'Office', entry: { number: '61291234567', [key]: ' Office ' } },
		]);
	});

	test('a name of space is no name', () => {
		expect(readVerifiedNumbers([{ number: '61291234567', name: '  ' }])?.[0]).not.toHaveProperty('name');
	});

	test('the same number in two forms is one', () => {
		expect(readVerifiedNumbers(['61291234567', '02 9123 4567'])).toEqual([{ number: '61291234567' }]);
	});

	test('a number that this node cannot read is kept as the account has it', () => {
		expect(readVerifiedNumbers([' 61912345678 '])).toEqual([{ number: '61912345678' }]);
	});

	test('a 13 number is one, however it is written', () => {
		expect(readVerifiedNumbers(['61131114', ' 131114 ', '61 131 114', 131114])).toEqual([{ number: '61131114' }]);
	});

	test('a number that ends with many zeros was not rounded: it is listed', () => {
		expect(readVerifiedNumbers([61291200000])).toEqual([{ number: '61291200000' }]);
	});

	test.each([
		['bare', []],
		['wrapped', { numbers: [] }],
	])('no number is an empty list: %s', (_name, body) => {
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

test('they are read at the address of the API, to the last slash', () => {
	expect(verifiedNumbers).toMatchObject({
		method: 'GET',
		path: '/api/v1/account/verified-cli/',
		endpoint: { effect: 'read', words: { doing: 'reading the verified numbers' } },
	});
	expect(verifiedNumbers.endpoint.read(['0412 345 678'])).toEqual([{ number: '61412345678' }]);
});

test('a number that is not among them is refused with those that are, odd ones quoted', async () => {
	const parameters = { passwordSource: 'generate', callerIdNumber: '0398765432' };
	const { item } = itemOf(parameters, { verified: ['61291234567', '131', '61 2 x', 'CT 61', '6129\n1'] });
	await expect(findOperation('sipTrunk', 'create').prepare(item)).rejects.toThrow(
		"Caller ID '0398765432' (read as 61398765432) is not verified for this account. Use one of the verified numbers: 61291234567, 131, '61 2 x', 'CT 61', '6129<U+000A>1'.",
	);
});

describe('where the list of verified numbers cannot be read', () => {
	const create = async (httpCode: string) => {
		const verified = new ApiError(`It failed (${httpCode}).`, '', 'refused', { httpCode });
		const { item, hints } = itemOf({ passwordSource: 'generate', callerIdNumber: '0398765432' }, { verified });
		return { plan: await findOperation('sipTrunk', 'create').prepare(item), hints: [...hints] };
	};

	test('Crazytel decides, as a hint says', async () => {
		const { plan, hints } = await create('500');
		expect(plan).toMatchObject({ do: 'make', values: { caller_id_number: '61398765432' } });
		expect(hints).toEqual([
			expect.stringMatching(/^The numbers were not checked before writing, .* It failed \(500\)\.$/),
		]);
	});

	test('because of the key, the write would fail as well, and is not planned', async () => {
		await expect(create('401')).rejects.toThrow('It failed (401).');
	});
});
