/* n8n shows some of our words as HTML. What comes from data must not become markup there, and none of it may vanish. */

/** What is told below a headline: a text, or a list of texts. */
export type Paragraph = string | string[];

/** A text where n8n shows HTML: in hints, and in the description of an error, where backticks stand for code. */
export function escaped(text: string): string {
	return text.replace(/[&<>`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The description of an error: its paragraphs as HTML. */
export function asHtml(paragraphs: Paragraph[]): string {
	const parts = paragraphs.map((paragraph) =>
		typeof paragraph === 'string'
			? escaped(paragraph)
			: `<ul>${paragraph.map((entry) => `<li>${escaped(entry)}</li>`).join('')}</ul>`,
	);
	// A list begins and ends a line by itself.
	return parts.reduce(
		(html, part) =>
			html === '' || html.endsWith('</ul>') || part.startsWith('<ul>') ? html + part : `${html}<br>${part}`,
		'',
	);
}

/** The message of an error is a text in the node and HTML in the toast, so it has what reads the same in both. */
export function asHeadline(text: string): string {
	return text.replaceAll('<', '‹').replaceAll('>', '›');
}

/** The same as one text, for where there is only one place: a model is told the message alone. */
export function asText(happened: string, paragraphs: Paragraph[]): string {
	return [happened, ...paragraphs.flat()].join(' ');
}
