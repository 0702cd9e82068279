/* Finds secrets in texts, in all the ways in which servers write them. */

/** So much of a secret, from its start, is masked wherever it stands: who cuts a text off may show almost all of it. */
const SHORTEST_PIECE = 8;

/** So many characters of a piece are looked for in one go. */
const BLOCK = 32;

/** So many forms are looked for with one pattern. */
const GROUP = 64;

/** One secret in one alphabet. */
interface Form {
	/** The whole of it. */
	whole: RegExp;
	/** Patterns of what may follow its first piece, a few characters each: as much of it as is there. */
	rest: () => RegExp[];
	/** A pattern for its first piece; the whole of one that is shorter. */
	begin: string;
	/** The same, at one place of a text. */
	first: RegExp;
	/** The same, where nothing in the text is escaped. */
	plainBegin: string;
	/** The first characters of that, as they are. */
	firstWord: string;
}

/** Replaces secrets in texts; the time grows with the text and not faster. */
export interface Finder {
	/** @param isWholeOnly whether pieces of a secret stay */
	replaced(text: string, mask: string, isWholeOnly?: boolean): string;
}

/** @param secrets none of them empty */
export function createFinder(secrets: readonly string[]): Finder {
	if (secrets.length === 0) return { replaced: (text) => text };
	const forms = secrets.flatMap((secret) => [written(secret), ...encoded(secret)]);
	// One for all of a thousand would be too large, and the error for that would hold them.
	const begins = groupsOf(forms, (form) => form.begin);
	const plainBegins = forms.length > GROUP ? undefined : groupsOf(forms, (form) => form.plainBegin)[0];
	const words = new Set(plainBegins === undefined ? forms.map(({ firstWord }) => firstWord.toLowerCase()) : []);
	const lengths = [...new Set([...words].map(({ length }) => length))];

	/** Of many secrets each place is looked up, and not each secret looked for. */
	const hasWord = (text: string): boolean => {
		const lower = text.toLowerCase();
		for (let at = 0; at < lower.length; at++) {
			for (const length of lengths) if (words.has(lower.slice(at, at + length))) return true;
		}
		return false;
	};
	const mayHold = (text: string): boolean =>
		/[\\%&+]|[^ -~]/.test(text) || (plainBegins === undefined ? hasWord(text) : matches(plainBegins, text));

	return {
		replaced(text, mask, isWholeOnly = false) {
			if (!mayHold(text)) return text;
			return begins.reduce(
				(left, begin) => (matches(begin, left) ? withoutThose(left, begin, forms, mask, isWholeOnly) : left),
				text,
			);
		},
	};
}

/** What begins as one of a group does is replaced, as far as it goes by all that are known. */
function withoutThose(text: string, begin: RegExp, forms: Form[], mask: string, isWholeOnly: boolean): string {
	const parts: string[] = [];
	let end = 0;
	begin.lastIndex = 0;
	for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
		const from = found.index;
		const least = isWholeOnly ? from : begin.lastIndex;
		const to = forms.reduce((most, form) => Math.max(most, endOf(form, text, from, isWholeOnly)), least);
		if (to > from) {
			parts.push(text.slice(end, from), mask);
			end = to;
		}
		begin.lastIndex = Math.max(to, from + 1);
	}
	return parts.join('') + text.slice(end);
}

function matches(pattern: RegExp, text: string): boolean {
	pattern.lastIndex = 0;
	return pattern.test(text);
}

function groupsOf(forms: Form[], patternOf: (form: Form) => string): RegExp[] {
	const patterns = [...new Set(forms.map(patternOf))];
	const count = Math.ceil(patterns.length / GROUP);
	return Array.from(
		{ length: count },
		(_, at) => new RegExp(patterns.slice(at * GROUP, (at + 1) * GROUP).join('|'), 'gi'),
	);
}

/** @returns where as much of a secret as stands there ends; its start, where too little of it does */
function endOf({ whole, first, rest }: Form, text: string, from: number, isWholeOnly: boolean): number {
	first.lastIndex = from;
	if (!first.test(text)) return from;
	let end = first.lastIndex;
	whole.lastIndex = from;
	if (whole.test(text)) return whole.lastIndex;
	if (isWholeOnly) return from;
	for (const block of rest()) {
		block.lastIndex = end;
		if (!block.test(text)) break;
		end = block.lastIndex;
	}
	return end;
}

/**
 * The secret with each character written in any of the ways that JSON (also inside JSON), URLs and HTML have for it.
 * Used without regard to case: host names lose theirs.
 */
function written(secret: string): Form {
	// Backslashes in a row are one: each alone, with more before it, would be tried in all ways that add up.
	const characters = secret.match(/\\+|[^\\]/gu) ?? [];
	let [least, length] = [0, 0];
	while (least < characters.length && length < SHORTEST_PIECE) length += characters[least++]?.length ?? 0;
	// One with space around it is known without that as well, and pieces are of that one.
	if (secret !== secret.trim()) least = characters.length;
	return formOf(characters, characters.map(waysOf), least);
}

/** The whole secret in another alphabet. */
function encoded(secret: string): Form[] {
	const bytes = Buffer.from(secret);
	const begin = Buffer.byteLength(Array.from(secret).slice(0, SHORTEST_PIECE).join(''));
	const ofBase64 = Math.ceil((begin * 4) / 3);
	return [
		[bytes.toString('base64').replace(/=+$/, ''), ofBase64] as const,
		[bytes.toString('base64url'), ofBase64] as const,
		[bytes.toString('hex'), begin * 2] as const,
	].map(([form, least]) => {
		const characters = Array.from(form);
		return formOf(characters, characters.map(escaped), least);
	});
}

/** @param patterns for each of the characters */
function formOf(characters: string[], patterns: string[], least: number): Form {
	const begin = patterns.slice(0, least).join('');
	let rest: RegExp[] | undefined;
	return {
		whole: sticky(patterns.join('')),
		begin,
		first: sticky(begin),
		plainBegin: characters.slice(0, least).map(escaped).join(''),
		firstWord: characters.slice(0, least).join('').slice(0, SHORTEST_PIECE),
		rest: () => (rest ??= blocksOf(patterns.slice(least))),
	};
}

/** Each as `a(?:b(?:c)?)?`: the longest beginning. */
function blocksOf(characters: string[]): RegExp[] {
	const blocks: RegExp[] = [];
	for (let at = 0; at < characters.length; at += BLOCK) {
		blocks.push(
			sticky(
				characters
					.slice(at, at + BLOCK)
					.reduceRight((rest, character) => (rest === '' ? character : `${character}(?:${rest})?`), ''),
			),
		);
	}
	return blocks;
}

function waysOf(character: string): string {
	if (character.startsWith('\\')) {
		const { length } = character;
		return `(?:\\\\|%5c|\\\\{1,8}u005c|&#0{0,6}92;|&#x0{0,6}5c;){${length},${length * 9}}`;
	}
	const code = character.codePointAt(0) ?? 0;
	const units = Array.from({ length: character.length }, (_, at) =>
		character.charCodeAt(at).toString(16).padStart(4, '0'),
	);
	const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
	const ways = [
		// With as many backslashes before it as JSON inside JSON inside JSON needs.
		`\\\\{0,8}${escaped(character)}`,
		bytes.map((byte) => `%${byte}`).join(''),
		units.map((unit) => `\\\\{1,8}u${unit}`).join(''),
		`&#0{0,6}${code};`,
		`&#x0{0,6}${code.toString(16)};`,
		...(HTML_NAMES[character] ?? []).map((name) => `&${name};`),
		...(character === ' ' ? ['\\+'] : []),
	];
	return `(?:${ways.join('|')})`;
}

const HTML_NAMES: Record<string, string[]> = {
	'&': ['amp'],
	'<': ['lt'],
	'>': ['gt'],
	'"': ['quot'],
	"'": ['apos'],
};

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function sticky(pattern: string): RegExp {
	return new RegExp(pattern, 'iy');
}
