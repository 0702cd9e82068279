import { formsOf, shownInLists } from '../../../nodes/Crazytel/input/numberForms';
import { choiceOf, readPhoneNumber } from '../../../nodes/Crazytel/input/phoneNumber';

describe('a number of Australia is shown as it is dialled there, from abroad, and as the API has it', () => {
	test.each([
		['a landline', '61291234567', '02 9123 4567', '+61 2 9123 4567'],
		['a landline of Perth', '61870101234', '08 7010 1234', '+61 8 7010 1234'],
		['a mobile', '61412345678', '0412 345 678', '+61 412 345 678'],
		['a mobile of an app', '61550123456', '0550 123 456', '+61 550 123 456'],
		['a 1300 number', '611300123456', '1300 123 456', '+61 1300 123 456'],
		['an 1800 number', '611800123456', '1800 123 456', '+61 1800 123 456'],
		['a 13 number', '61131114', '13 11 14', '+61 13 11 14'],
		['a 13 number of eight digits', '6113450123', '1345 0123', '+61 1345 0123'],
		['an 01 number', '61141234567', '01 4123 4567', '+61 1 4123 4567'],
	])('%s', (_name, number, home, abroad) => {
		expect(formsOf(number)).toEqual([home, abroad, number]);
		for (const form of formsOf(number)) expect(readPhoneNumber(form)).toBe(number);
	});
});

describe('a number of another country is shown with its plus, and as the API has it', () => {
	test.each([
		['442079460958', '+44 2079460958'],
		['12125550123', '+1 2125550123'],
		['4722123456', '+47 22123456'],
		['390612345678', '+39 0612345678'],
		['35312345678', '+353 12345678'],
	])('%s', (number, shown) => {
		expect(formsOf(number)).toEqual([shown, number]);
		expect(readPhoneNumber(shown)).toBe(number);
	});
});

describe('an odd number is shown once, as the account has it', () => {
	test.each(['999', '614123', '61912345678', '1300123456', '0291234567'])('%s', (number) => {
		expect(choiceOf(number)).toBe(`verified:${number}`);
		expect(formsOf(number)).toEqual([number]);
	});

	test.each([
		['with letters', 'ext 12', "'ext 12'"],
		['with a line break', '12\n34', "'12<U+000A>34'"],
		['longer than any number', '1'.repeat(50), `'${'1'.repeat(40)}…'`],
	])('quoted, where it is no plain number: %s', (_name, number, shown) => {
		expect(formsOf(number)).toEqual([shown]);
	});
});

test.each([
	['61291234567', '+61 2 9123 4567'],
	['442079460958', '+44 2079460958'],
	['614123', '614123'],
])('%s is shown in a list as %s', (number, shown) => {
	expect(shownInLists(formsOf(number))).toBe(shown);
});
