import { shown, shownId } from '../../../nodes/Crazytel/input/shown';

test.each([
	[null, 'nothing'],
	[undefined, 'nothing'],
	[[1, 2], 'a list'],
	[{ a: 1 }, 'an object'],
	[new Date(0), 'an object'],
	['', "''"],
	['abc', "'abc'"],
	[0, "'0'"],
	[false, "'false'"],
	[Number.NaN, "'NaN'"],
	[1e21, "'1e+21'"],
	[10n, "'10'"],
])('%p is shown as %s', (value, expected) => {
	expect(shown(value)).toBe(expected);
});

test('forty characters are shown whole, the forty-first becomes dots', () => {
	expect(shown('x'.repeat(40))).toBe(`'${'x'.repeat(40)}'`);
	expect(shown('x'.repeat(41))).toBe(`'${'x'.repeat(40)}…'`);
	expect(shown('x'.repeat(1_000_000))).toBe(`'${'x'.repeat(40)}…'`);
});

test.each([
	['a line break', '\n', '<U+000A>'],
	['NUL', '\0', '<U+0000>'],
	['a zero-width space', '\u200B', '<U+200B>'],
	['a right-to-left override', '\u202E', '<U+202E>'],
	['a byte order mark', '\uFEFF', '<U+FEFF>'],
	['a line separator', '\u2028', '<U+2028>'],
	['an invisible tag', '\u{E0041}', '<U+E0041>'],
	['half an emoji', '\uD83D', '<U+D83D>'],
])('%s is made visible', (_name, character, expected) => {
	expect(shown(`a${character}b`)).toBe(`'a${expected}b'`);
});

test('letters and emoji of every script stay as they are', () => {
	expect(shown('Größe 営業 مبيعات 😀')).toBe("'Größe 営業 مبيعات 😀'");
});

test('whatever is shown is one line', () => {
	const everyControl = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code));
	for (const character of everyControl) expect(shown(character)).toMatch(/^'[^\p{C}\p{Zl}\p{Zp}]+'$/u);
});

test('an id stands alone, or behind the name by which it was chosen', () => {
	expect(shownId('a-1', undefined)).toBe("'a-1'");
	expect(shownId('a-1', 'CT123456 · Sales\n')).toBe("'CT123456 · Sales<U+000A>' (a-1)");
	expect(shownId('a-1', 'x'.repeat(50))).toBe(`'${'x'.repeat(40)}…' (a-1)`);
});
