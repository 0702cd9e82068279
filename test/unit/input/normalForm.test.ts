import { normalForm } from '../../../nodes/Crazytel/input/normalForm';

test.each([
	['a text that is so already', 'Lamp 7', 'Lamp 7'],
	['nothing', '', ''],
	['letters in their case', 'LAMP lamp', 'LAMP lamp'],
	['letters of every script', 'Größe 営業 😀', 'Größe 営業 😀'],
	['a mark beside its letter', 'Gro\u0308ße', 'Gr\u00F6ße'],
	['a letter that only looks alike', 'ﬁ ²', 'ﬁ ²'],
	['space around it', ' \t Lamp \n', 'Lamp'],
	['runs of space in it', 'Red \t\r\n Lamp', 'Red Lamp'],
	['other space', 'Red\u00A0\u2003\u3000Lamp', 'Red Lamp'],
	['nothing but space', ' \u00A0 ', ''],
	['a zero-width space', 'La\u200Bmp', 'Lamp'],
	['a byte order mark', '\uFEFFLamp', 'Lamp'],
	['a soft hyphen', 'La\u00ADmp', 'Lamp'],
	['a change of direction', '\u202ELamp\u202C', 'Lamp'],
	['the form of an emoji', '\u2764\uFE0F \u2764\uFE00', '\u2764 \u2764'],
	['space that only an invisible character keeps apart', 'Red \u200B Lamp \u200B', 'Red Lamp'],
])('%s: %j is %j', (_, text, expected) => {
	expect(normalForm(text)).toBe(expected);
});

describe('entities of HTML', () => {
	test.each([
		['&amp;', '&'],
		['&lt;', '<'],
		['&gt;', '>'],
		['&quot;', '"'],
		['&apos;', "'"],
		['&AMP;', '&'],
		['&#39;', "'"],
		['&#x27;', "'"],
		['&#X2F;', '/'],
		['&#0000039;', "'"],
		['&#128512;', '😀'],
		['&#x10FFFF;', '\u{10FFFF}'],
	])('%s is %j', (entity, character) => {
		expect(normalForm(`A${entity}B`)).toBe(`A${character}B`);
		expect(normalForm(`A ${entity} B ${entity}`)).toBe(`A ${character} B ${character}`);
	});

	test('of space are space', () => {
		expect(normalForm('Red&nbsp; &#160;&#10;Lamp&nbsp;')).toBe('Red Lamp');
	});

	test('of what nobody sees, and of marks, are what they would be', () => {
		expect(normalForm('La&#8203;mp')).toBe('Lamp');
		expect(normalForm('Gro&#776;ße')).toBe('Größe');
	});

	test.each([
		'&',
		'& Co',
		'&amp',
		'amp;',
		'&euro;',
		'&lamp;',
		'&#;',
		'&#x;',
		'&#xlamp;',
		'&#0;',
		'&#x0;',
		'&#1114112;',
		'&#x110000;',
		'&#00000039;',
	])('%s is none', (text) => {
		expect(normalForm(text)).toBe(text);
	});

	test('are decoded as often as three parts of a service have escaped them, and no more', () => {
		expect(normalForm('&amp;lt;')).toBe('<');
		expect(normalForm('&amp;amp;lt;')).toBe('<');
		expect(normalForm('&amp;amp;amp;lt;')).toBe('&lt;');
		expect(normalForm('&#38;amp;')).toBe('&');
	});
});

test('a text that was escaped and one that was not are the same', () => {
	const text = `Smith & Sons <"O'Neil">`;
	const escaped = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
	expect(normalForm(escaped)).toBe(normalForm(text));
});

test('a letter and its mark are one, whatever nobody sees between them', () => {
	expect(normalForm('e\u200b\u0301')).toBe('\u00e9');
});
