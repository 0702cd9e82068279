/** The letters of the GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), in the order of their codes, without the escape. */
const BASIC =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** Those of its extension table, which take an escape as well, so two places. */
const EXTENDED = '^{}\\[~]|€';

const BASIC_LETTERS = new Set(BASIC);
const EXTENDED_LETTERS = new Set(EXTENDED);

/** How many places a message has, and each part of one that has several. */
const PLACES = {
	'GSM-7': { alone: 160, inPart: 153 },
	Unicode: { alone: 70, inPart: 67 },
} as const;

/** How a text is sent, and what it costs: each part is charged (docs/crazytel-api.md#sms). */
export interface Encoded {
	encoding: keyof typeof PLACES;
	/** Those by which the limit of a text is counted: an emoji is one or more. */
	characters: number;
	/** The places that they take: some letters take two. */
	places: number;
	parts: number;
}

/** Counts the parts of a text. What takes several places is never split over two parts. */
export function encoded(text: string): Encoded {
	const characters = Array.from(text);
	const isGsm = characters.every((character) => BASIC_LETTERS.has(character) || EXTENDED_LETTERS.has(character));
	const encoding = isGsm ? 'GSM-7' : 'Unicode';
	// In UTF-16 a character beyond the first 65,536 is two.
	const widths = characters.map((character) => (isGsm ? (EXTENDED_LETTERS.has(character) ? 2 : 1) : character.length));
	const places = widths.reduce((sum, width) => sum + width, 0);
	const { alone, inPart } = PLACES[encoding];
	return { encoding, characters: characters.length, places, parts: places <= alone ? 1 : partsOf(widths, inPart) };
}

function partsOf(widths: number[], most: number): number {
	let parts = 1;
	let used = 0;
	for (const width of widths) {
		if (used + width > most) {
			parts++;
			used = 0;
		}
		used += width;
	}
	return parts;
}
