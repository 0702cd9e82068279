import { generatePassword, newPasswordOf } from '../../../../nodes/Crazytel/resources/sipTrunk/newPassword';
import { passwordProblems } from '../../../../nodes/Crazytel/resources/shared/trunks/password';
import type { Item } from '../../../../nodes/Crazytel/run/item';
import { refusal } from '../../input/outcome';

const draws = Array.from({ length: 1000 }, generatePassword);

test('a generated password has 24 characters of an alphabet without look-alikes', () => {
	for (const password of draws) expect(password).toMatch(/^[A-HJ-NP-Za-hjkmnp-z2-9]{24}$/);
});

test('a generated password always meets the rule', () => {
	expect(draws.filter((password) => passwordProblems(password).length > 0)).toEqual([]);
	for (const password of draws) expect(password).toMatch(/(?=.*[A-Z])(?=.*[a-z])(?=.*\d)/);
});

test('no two of a thousand are alike', () => {
	expect(new Set(draws).size).toBe(1000);
});

test('every character of the alphabet is drawn, at the first place too', () => {
	expect(new Set(draws.join('')).size).toBe(55);
	expect(new Set(draws.map((password) => password[0])).size).toBeGreaterThan(45);
});

const passwordOf = (parameters: Record<string, unknown>) =>
	newPasswordOf({ parameter: (name) => parameters[name] } as Item);

test('a new password is drawn for each item, whatever stands in Password', () => {
	const parameters = { passwordSource: 'generate', password: 'Entered123' };
	const [one, two] = [passwordOf(parameters), passwordOf(parameters)];
	expect(one.isGenerated).toBe(true);
	expect(one.given).not.toBe('Entered123');
	expect(one.given).not.toBe(two.given);
	expect(one.check).not.toThrow();
});

test('an entered password is taken as it is, and is not called generated', () => {
	const entered = passwordOf({ passwordSource: 'enter', password: ' x ' });
	expect(entered).toMatchObject({ given: ' x ', isGenerated: false });
	expect(entered.check).not.toThrow();
});

test.each<unknown>(['', 'Generate', '__proto__', true, {}, 'S3cretPass99 in the wrong field', 'x'.repeat(1_000_000)])(
	'an unknown source is refused, never guessed at, and not shown: %#',
	(source) => {
		const { given, check } = passwordOf({ passwordSource: source, password: 'Entered123' });
		expect(refusal(check).problems).toEqual([
			{ field: 'passwordSource', message: 'Password Source is neither generate nor enter. Use one of them.' },
		]);
		expect(given).not.toBe('Entered123');
	},
);
