import { asHeadline, asHtml, asText, escaped } from '../../../nodes/Crazytel/run/shownAs';

test.each([
	['<a href="x">', '&#60;a href="x"&#62;'],
	['R&D &lt;b&gt;', 'R&#38;D &#38;lt;b&#38;gt;'],
	// n8n makes code of what stands between them.
	['`x`', '&#96;x&#96;'],
	["'<U+000A>'", "'&#60;U+000A&#62;'"],
	["Caller ID 'ask Jim' {{ $json.x === 'Active' }}", "Caller ID 'ask Jim' {{ $json.x === 'Active' }}"],
])('%s is escaped', (text, html) => {
	expect(escaped(text)).toBe(html);
});

test.each<[Parameters<typeof asHtml>[0], string]>([
	[[], ''],
	[['One.'], 'One.'],
	[['One.', 'Two.'], 'One.<br>Two.'],
	[['One:', ['a', 'b'], 'Two.', 'Three.'], 'One:<ul><li>a</li><li>b</li></ul>Two.<br>Three.'],
	[[['a'], ['b']], '<ul><li>a</li></ul><ul><li>b</li></ul>'],
	[[['<b>'], '<i>'], '<ul><li>&#60;b&#62;</li></ul>&#60;i&#62;'],
])('%j is HTML whose only markup is ours', (paragraphs, html) => {
	expect(asHtml(paragraphs)).toBe(html);
});

test('a headline has nothing that is markup, and reads the same as text', () => {
	expect(asHeadline('<<b>a</b> & <U+000A> > 1')).toBe('‹‹b›a‹/b› & ‹U+000A› › 1');
});

test('all of it as one text', () => {
	expect(asText('Bad.', [])).toBe('Bad.');
	expect(asText('Bad.', ['One.', ['<b>', 'b'], 'Two.'])).toBe('Bad. One. <b> b Two.');
});
