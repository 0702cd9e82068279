/* What an answer may hold. A larger one would stop or crash the n8n that reads it, for all its workflows. */

/** In bytes, unpacked: of 100,000 things in a list, each may take 600. */
const MOST_BYTES = 64 * 2 ** 20;

/** In one list. */
export const MOST_ENTRIES = 250_000;

/** In one record. */
const MOST_FIELDS = 10_000;

/** Lists, records and what stands in them, all together. */
const MOST_VALUES = 5_000_000;

/** Of lists and records in one another. */
const MOST_LEVELS = 1_000;

/** Of one text, in bytes. */
const LONGEST_TEXT = 2 ** 20;

const IN_WORDS = {
	bytes: `more than ${MOST_BYTES / 2 ** 20} MB`,
	entries: `a list of more than ${inThousands(MOST_ENTRIES)} entries`,
	fields: `a record of more than ${inThousands(MOST_FIELDS)} fields`,
	values: `more than ${inThousands(MOST_VALUES)} values`,
	levels: `more than ${inThousands(MOST_LEVELS)} levels of lists and records in one another`,
	text: `a text of more than ${LONGEST_TEXT / 2 ** 20} MB`,
};

/** So many bytes of a list are parsed in one go. */
const PIECE_BYTES = 2 ** 18;

const [QUOTE, BACKSLASH, COMMA, LIST, LIST_END, RECORD, RECORD_END] = Array.from('"\\,[]{}', (one) =>
	one.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** White space, and the mark that says UTF-8. */
const BEFORE_JSON = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf];

/** Where a long list stands in an answer, and where it may be cut: at commas between its entries. */
export interface LongList {
	/** Of its opening bracket. */
	start: number;
	/** Of its closing bracket; undefined while it has not come. */
	end: number | undefined;
	cuts: number[];
}

/** Measures JSON while it comes in, without building anything of it. Of what is no JSON it only counts the bytes. */
export interface Gauge {
	/** @returns in words what is too much; undefined while nothing is */
	add(bytes: Uint8Array): string | undefined;
	/** The first long list that stands in nothing but records. */
	readonly longList: LongList | undefined;
}

interface Level {
	isList: boolean;
	/** Whether it is a list that stands in nothing but records. */
	isOuterList: boolean;
	start: number;
	commas: number;
	/** Of the last cut. */
	cutAt: number;
}

export function createGauge(): Gauge {
	const levels: Level[] = [];
	let top: Level | undefined;
	let longList: (LongList & { level: Level }) | undefined;
	let [bytesBefore, values, textLength] = [0, 0, 0];
	let [isInText, isEscaped] = [false, false];
	/** Undefined until the first byte that counts. */
	let mayBeJson: boolean | undefined;

	const open = (isList: boolean, at: number): string | undefined => {
		values++;
		const isOuterList = isList && levels.length < 3 && levels.every((level) => !level.isList);
		top = { isList, isOuterList, start: at, commas: 0, cutAt: at };
		levels.push(top);
		return levels.length > MOST_LEVELS ? IN_WORDS.levels : undefined;
	};
	const close = (at: number): void => {
		const closed = levels.pop();
		if (closed !== undefined && closed === longList?.level) longList.end ??= at;
		top = levels.at(-1);
	};
	const separate = (at: number): string | undefined => {
		values++;
		if (top === undefined) return undefined;
		top.commas++;
		if (top.isOuterList && at - top.cutAt >= PIECE_BYTES) {
			longList ??= { start: top.start, end: undefined, cuts: [], level: top };
			if (longList.level === top) longList.cuts.push(at);
			top.cutAt = at;
		}
		if (top.isList) return top.commas >= MOST_ENTRIES ? IN_WORDS.entries : undefined;
		return top.commas >= MOST_FIELDS ? IN_WORDS.fields : undefined;
	};

	return {
		add(bytes) {
			const begin = bytesBefore;
			bytesBefore += bytes.length;
			if (bytesBefore > MOST_BYTES) return IN_WORDS.bytes;
			for (let index = 0; mayBeJson !== false && index < bytes.length; index++) {
				const byte = bytes[index] ?? 0;
				if (mayBeJson === undefined && !BEFORE_JSON.includes(byte)) mayBeJson = [QUOTE, LIST, RECORD].includes(byte);
				if (isInText) {
					if (++textLength > LONGEST_TEXT) return IN_WORDS.text;
					if (isEscaped) isEscaped = false;
					else if (byte === BACKSLASH) isEscaped = true;
					else if (byte === QUOTE) isInText = false;
					continue;
				}
				let excess: string | undefined;
				if (byte === QUOTE) [isInText, textLength] = [true, 0];
				else if (byte === COMMA) excess = separate(begin + index);
				else if (byte === LIST) excess = open(true, begin + index);
				else if (byte === RECORD) excess = open(false, begin + index);
				else if (byte === LIST_END || byte === RECORD_END) close(begin + index);
				if (excess !== undefined) return excess;
				if (values > MOST_VALUES) return IN_WORDS.values;
			}
			return undefined;
		},
		get longList() {
			return longList;
		},
	};
}

function inThousands(count: number): string {
	return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
