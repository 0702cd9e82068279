import {
	password,
	passwordProblems,
	SHORTEST_PASSWORD,
} from '../../../../../nodes/Crazytel/resources/shared/trunks/password';
import { outcome } from '../../../input/outcome';

const RULE = 'Crazytel wants at least 8 characters with an upper-case letter, a lower-case letter and a digit.';

describe('a password', () => {
	test.each([
		['the shortest', 'Abcdefg1'],
		['the longest', `Aa1${'x'.repeat(125)}`],
		['punctuation', 'Ab1!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
		['a space inside', 'Correct horse 1'],
		['letters beyond ASCII', 'Größe1234A'],
		['an emoji', 'Abcdefg1😀'],
		['the text of a formula', '=1+1Abcdefg'],
	])('%s is taken exactly as it is', (_name, value) => {
		expect(outcome(password, value)).toEqual({ read: value, problems: [] });
	});

	test.each([
		['seven characters', 'Abcdef1', 'it has 7 characters.'],
		['129 characters', `Aa1${'x'.repeat(126)}`, 'it has more than 128 characters.'],
		['no upper-case letter', 'abcdefg1', 'it has no upper-case letter (A to Z).'],
		['no lower-case letter', 'ABCDEFG1', 'it has no lower-case letter (a to z).'],
		['no digit', 'Abcdefgh', 'it has no digit (0 to 9).'],
		['only an Arabic-Indic digit', 'Abcdefg\u0661', 'it has no digit (0 to 9).'],
		['only a full-width digit', 'Abcdefg\uFF11', 'it has no digit (0 to 9).'],
		['only a capital beyond ASCII', 'Äbcdefg1', 'it has no upper-case letter (A to Z).'],
		['a space in front', ' Abcdefg1', 'it begins or ends with a space.'],
		['a space behind', 'Abcdefg1 ', 'it begins or ends with a space.'],
		['a no-break space behind', 'Abcdefg1\u00A0', 'it begins or ends with a space.'],
		['a line break', 'Abcd\nefg1', 'it has a line break or another invisible character.'],
		['CRLF at its end', 'Abcdefg1\r\n', 'it has a line break or another invisible character.'],
		['NUL', 'Abcd\0efg1', 'it has a line break or another invisible character.'],
		['a zero-width space', 'Abcd\u200Befg1', 'it has a line break or another invisible character.'],
		['half an emoji', 'Abcdefg1\uD83D', 'it has a line break or another invisible character.'],
	])('%s is refused in words', (_name, value, words) => {
		expect(outcome(password, value).problems).toEqual([`cannot be used: ${words} ${RULE}`]);
	});

	test('everything that it lacks is said at once', () => {
		expect(outcome(password, 'ab').problems).toEqual([
			`cannot be used: it has 2 characters, has no upper-case letter (A to Z) and has no digit (0 to 9). ${RULE}`,
		]);
		expect(passwordProblems('')).toHaveLength(4);
	});

	test.each([
		['a number', 12345678, 'a number'],
		['a boolean', true, 'a boolean'],
		['null', null, 'empty'],
		['undefined', undefined, 'empty'],
		['a list', ['Canary7Abcdef'], 'a list'],
		['an object', { value: 'Canary7Abcdef' }, 'an object'],
		['a function', () => 'Canary7Abcdef', 'a function'],
	])('%s is refused by its kind', (_name, value, kind) => {
		expect(outcome(password, value).problems).toEqual([`must be text, and it is ${kind}. ${RULE}`]);
	});

	test('no refusal ever shows it', () => {
		const canaries = ['CANARYS', 'canary-lower-1', 'Canary-no-digit', ' Canary7Abcdef', 'Canary7\nAbcdef'];
		const problems = canaries.flatMap((canary) => outcome(password, canary).problems);
		expect(problems).toHaveLength(canaries.length);
		expect(problems.join()).not.toMatch(/canary/i);
	});

	test('the shortest length is the one that is documented', () => {
		expect(SHORTEST_PASSWORD).toBe(8);
	});
});
