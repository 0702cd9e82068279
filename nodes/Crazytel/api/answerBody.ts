import { clock } from './clock';
import { createGauge, type LongList } from './gauge';

/** What n8n's helper gives where it was asked for a stream. */
interface Stream extends AsyncIterable<Uint8Array | string> {
	on?(event: 'error', listener: () => void): unknown;
	destroy?(): unknown;
}

/** What was read of an answer. */
export interface ReadBody {
	/** Parsed when it was JSON, else text. */
	body: unknown;
	/** In words, what of a good answer is more than is read; it has no body then. */
	excess?: string;
}

/** More of a refusal, or of a text that is no JSON, says nothing that is shown. */
const LONGEST_WORDS = 2 ** 20;

/**
 * Reads the body of an answer as it comes in, and not further than it makes sense: a server may send without end,
 * and a few bytes may unpack to a billion. n8n's helper has no limit of its own.
 *
 * @param body a stream; anything else was read by somebody else
 * @param isGood whether it is the answer proper, not the words of a refusal
 * @param signal ends it
 */
export async function readBody(body: unknown, isGood: boolean, signal: AbortSignal): Promise<ReadBody> {
	if (!isStream(body)) return { body };
	// One that is given up may still fail, and nobody listens.
	body.on?.('error', () => undefined);
	const giveUp = () => void body.destroy?.();
	signal.addEventListener('abort', giveUp);
	try {
		if (signal.aborted) giveUp();
		return await (isGood ? readAnswer(body) : readWords(body));
	} finally {
		signal.removeEventListener('abort', giveUp);
	}
}

function isStream(body: unknown): body is Stream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

async function readAnswer(stream: Stream): Promise<ReadBody> {
	const gauge = createGauge();
	const parser = createParser();
	const breathe = clock.breather();
	for await (const chunk of stream) {
		const bytes = bytesOf(chunk);
		const excess = gauge.add(bytes);
		if (excess !== undefined) return { body: undefined, excess };
		parser.add(bytes, gauge.longList);
		await breathe();
	}
	return { body: parser.end() };
}

async function readWords(stream: Stream): Promise<ReadBody> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		const bytes = bytesOf(chunk);
		chunks.push(bytes);
		length += bytes.length;
		if (length > LONGEST_WORDS) break;
	}
	const whole = Buffer.concat(chunks);
	return { body: length > LONGEST_WORDS ? textOf(whole.subarray(0, LONGEST_WORDS)) : parsed(whole) };
}

function bytesOf(chunk: Uint8Array | string): Uint8Array {
	return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

function textOf(bytes: Buffer): string {
	return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** Whatever is no JSON is text, whatever its type says. */
function parsed(bytes: Buffer): unknown {
	const text = textOf(bytes);
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text.slice(0, LONGEST_WORDS);
	}
}

/** Stands in the place of the long list while the rest is parsed. */
const HERE = '\0the long list';

/** The same as JSON.parse, but of a long list each piece is parsed when it is there, so that it takes many turns. */
function createParser(): { add(bytes: Uint8Array, longList: LongList | undefined): void; end(): unknown } {
	/** What came and is not parsed yet. */
	const waiting: Uint8Array[] = [];
	/** Where it begins. */
	let at = 0;
	let before: Buffer | undefined;
	let list: unknown[] | undefined = [];
	let isOver = false;
	let cutsUsed = 0;
	/** What came first, should it turn out to be no JSON. */
	const first: Uint8Array[] = [];
	let firstLength = 0;

	const take = (to: number): Buffer => {
		const taken: Uint8Array[] = [];
		for (let next = waiting[0]; next !== undefined && at < to; next = waiting[0]) {
			const part = next.subarray(0, to - at);
			at += part.length;
			taken.push(part);
			if (part.length === next.length) waiting.shift();
			else waiting[0] = next.subarray(part.length);
		}
		return Buffer.concat(taken);
	};
	const addEntries = (to: number): void => {
		const entries = parsed(Buffer.concat([Buffer.from('['), take(to), Buffer.from(']')]));
		take(to + 1);
		// Between two commas is an entry.
		if (!Array.isArray(entries) || entries.length === 0) list = undefined;
		else for (const entry of entries) list?.push(entry);
	};

	return {
		add(bytes, longList) {
			waiting.push(bytes);
			if (firstLength < LONGEST_WORDS) first.push(bytes);
			firstLength += bytes.length;
			if (longList === undefined || isOver) return;
			if (before === undefined) {
				before = take(longList.start);
				take(longList.start + 1);
			}
			for (const to of longList.cuts.slice(cutsUsed)) addEntries(to);
			cutsUsed = longList.cuts.length;
			if (longList.end === undefined) return;
			addEntries(longList.end);
			isOver = true;
		},
		end() {
			const rest = Buffer.concat(waiting);
			if (before === undefined) return parsed(rest);
			const around = Buffer.concat([before, Buffer.from(JSON.stringify(HERE)), rest]);
			try {
				if (isOver && list !== undefined)
					return JSON.parse(textOf(around), (_name, value: unknown) => (value === HERE ? list : value)) as unknown;
			} catch {
				// It is text.
			}
			return textOf(Buffer.concat(first)).slice(0, LONGEST_WORDS);
		},
	};
}
