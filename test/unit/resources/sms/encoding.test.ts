import { encoded } from '../../../../nodes/Crazytel/resources/sms/encoding';

/**
 * The default alphabet by code, row by row, as the standard prints it (3GPP TS 23.038, 6.2.1), in Unicode's numbers; 0x1B
 * is the escape to the extension table.
 */
const STANDARD = [
	0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0x0a, 0xd8, 0xf8, 0x0d, 0xc5, 0xe5, 0x394, 0x5f, 0x3a6,
	0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, -1, 0xc6, 0xe6, 0xdf, 0xc9, 0x20, 0x21, 0x22, 0x23, 0xa4,
	0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37,
	0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0xa1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a,
	0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0xc4, 0xd6, 0xd1,
	0xdc, 0xa7, 0xbf, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70,
	0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0xe4, 0xf6, 0xf1, 0xfc, 0xe0,
];

/** The extension table (6.2.1.1), but for its form feed, which no text may have. */
const EXTENSION = [0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac];

test('of the first 70,000 characters exactly those of the two tables go in GSM-7, and those of the extension take two places', () => {
	const found = new Map<number, number>();
	for (let code = 0; code < 70_000; code++) {
		if (code >= 0xd800 && code <= 0xdfff) continue;
		const { encoding, places } = encoded(String.fromCodePoint(code));
		if (encoding === 'GSM-7') found.set(code, places);
	}
	const expected = [
		...STANDARD.filter((code) => code >= 0).map((code) => [code, 1] as const),
		...EXTENSION.map((code) => [code, 2] as const),
	];
	expect([...found].sort(([a], [b]) => a - b)).toEqual(expected.sort(([a], [b]) => a - b));
});

test.each<[string, string, string, number, number, number]>([
	['one letter', 'a', 'GSM-7', 1, 1, 1],
	['a full message', 'a'.repeat(160), 'GSM-7', 160, 160, 1],
	['one more', 'a'.repeat(161), 'GSM-7', 161, 161, 2],
	['two full parts', 'a'.repeat(306), 'GSM-7', 306, 306, 2],
	['one more than two', 'a'.repeat(307), 'GSM-7', 307, 307, 3],
	['80 signs of the euro', '€'.repeat(80), 'GSM-7', 80, 160, 1],
	['81 of them', '€'.repeat(81), 'GSM-7', 81, 162, 2],
	[
		'a bracket at the end of a part, which goes into the next one',
		`${'a'.repeat(152)}[${'a'.repeat(152)}`,
		'GSM-7',
		305,
		306,
		3,
	],
	['a line break', 'a\r\nb', 'GSM-7', 4, 4, 1],
	['a tab', 'a\tb', 'Unicode', 3, 3, 1],
	['a non-breaking space', 'a\u00a0b', 'Unicode', 3, 3, 1],
	['a curly apostrophe', 'it\u2019s', 'Unicode', 4, 4, 1],
	['a letter of two characters', 'e\u0301', 'Unicode', 2, 2, 1],
	['70 foreign letters', 'ж'.repeat(70), 'Unicode', 70, 70, 1],
	['71 of them', 'ж'.repeat(71), 'Unicode', 71, 71, 2],
	['35 emoji', '🍕'.repeat(35), 'Unicode', 35, 70, 1],
	['36 emoji: none is split, so 33 fit into a part', '🍕'.repeat(36), 'Unicode', 36, 72, 2],
	['67 emoji', '🍕'.repeat(67), 'Unicode', 67, 134, 3],
	['66 letters and an emoji on the border', `${'a'.repeat(66)}🍕${'a'.repeat(66)}`, 'Unicode', 133, 134, 3],
	['a family, which is seven', '👨‍👩‍👧‍👦', 'Unicode', 7, 11, 1],
])('%s', (_, text, encoding, characters, places, parts) => {
	expect(encoded(text)).toEqual({ encoding, characters, places, parts });
});
