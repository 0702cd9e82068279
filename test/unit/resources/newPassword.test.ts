import type { Item } from '../../../nodes/Crazytel/run/item';
import { generatePassword, takePassword } from '../../../nodes/Crazytel/resources/sipTrunk/newPassword';
import { InvalidInput } from '../../../nodes/Crazytel/validation/invalidInput';
import { passwordProblems } from '../../../nodes/Crazytel/validation/password';

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

const itemWith = (parameters: Record<string, unknown>) =>
	({ parameter: (name: string) => parameters[name] ?? '' }) as Item;

test('a new password is drawn for each item, whatever stands in Password', () => {
	const item = itemWith({ passwordSource: 'generate', password: 'Entered123' });
	const [one, two] = [takePassword(item), takePassword(item)];
	expect(one.isGenerated).toBe(true);
	expect(one.password).not.toBe('Entered123');
	expect(one.password).not.toBe(two.password);
});

test('an entered password is taken as it is, and is not called generated', () => {
	expect(takePassword(itemWith({ passwordSource: 'enter', password: ' x ' }))).toEqual({ password: ' x ', isGenerated: false });
});

test.each<unknown>([
	'',
	'Generate',
	'__proto__',
	true,
	{},
	'S3cretPass99 in the wrong field',
	'x'.repeat(1_000_000),
])('an unknown source is refused, never guessed at, and not shown: %#', (source) => {
	const take = () => takePassword(itemWith({ passwordSource: source, password: 'Entered123' }));
	expect(take).toThrow(InvalidInput);
	expect(take).toThrow(new Error('Password Source is neither generate nor enter. Use one of them.'));
});
