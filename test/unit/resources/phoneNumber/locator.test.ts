import { asPartial } from '../../../../nodes/Crazytel/api/pages';
import type { OwnedNumber } from '../../../../nodes/Crazytel/resources/phoneNumber/entry';
import { numbers } from '../../../../nodes/Crazytel/resources/phoneNumber/kind';
import { ownedNumber, phoneNumberOf } from '../../../../nodes/Crazytel/resources/phoneNumber/locator';
import { collectionOf } from '../../../../nodes/Crazytel/run/collection';
import { refusal } from '../../input/outcome';
import { itemOf } from '../itemOf';

const SALES = { id: '61291234567', description: 'Sales' } as OwnedNumber;

describe('what stands in the Phone Number field', () => {
	const read = (phoneNumber: unknown) => phoneNumberOf(itemOf({ phoneNumber }).item);

	test.each([
		['a number of the list', { __rl: true, mode: 'list', value: '61291234567' }],
		['a number as people write it', { __rl: true, mode: 'number', value: '(02) 9123 4567' }],
		['what an expression gives', '0291234567'],
		['a whole entry, whose id is something else', { id: 7, did_number: '61291234567', description: 'Sales' }],
	])('is read: %s', (_name, value) => {
		expect(read(value)).toBe('61291234567');
	});

	test.each([
		['nothing', '', 'is empty. Choose it from the list, or give it'],
		['an entry without a number', { id: 7 }, 'is empty. Choose it from the list, or give it'],
		['a word', 'reception', "'reception' cannot be read as a phone number."],
	])('is refused: %s', (_name, value, words) => {
		const { problems } = refusal(() => read(value));
		expect(problems).toEqual([
			{ field: 'phoneNumber', message: expect.stringContaining(`Phone Number ${words}`) as string },
		]);
	});
});

describe('the number of the account that is meant', () => {
	test('is the one of the list', () => {
		expect(ownedNumber(collectionOf(numbers, [SALES], 0), SALES.id)).toBe(SALES);
	});

	test('is there, too, where it is not known any more what it is now', () => {
		const all = { ...collectionOf(numbers, [SALES], 0), find: () => undefined };
		expect(ownedNumber(all, SALES.id)).toBe(SALES);
	});

	test.each([
		[
			'a list without it',
			[SALES],
			"Phone Number 61291110000 is not in the account's list of phone numbers. Check it, or choose it from the list.",
		],
		[
			'a list that goes on',
			asPartial([SALES]),
			'Phone Number 61291110000 may be among those that are not seen. Crazytel says that the list of phone numbers goes on, and not how to get the rest of it, so this node does not see all of them.',
		],
		[
			'a list that is doubted',
			asPartial([SALES], 'doubted'),
			'Phone Number 61291110000 may be among those that are not seen. The list of phone numbers is suddenly much shorter than it was, and another one each time, so this node does not see all of them. Run it again in a minute.',
		],
	])('is refused where it is not seen, with the reason: %s', (_name, list, message) => {
		const { problems } = refusal(() => ownedNumber(collectionOf(numbers, list, 0), '61291110000'));
		expect(problems).toEqual([{ field: 'phoneNumber', message }]);
	});
});
