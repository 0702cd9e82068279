/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { requestKinds, type RequestKind } from './endpoints';
import { explain } from './explain';
import { longestWaitMs } from './switches';

function accepts(check: () => void): boolean {
	try {
		check();
		return true;
	} catch {
		return false;
	}
}

const headerValue = z.string().refine((value) => accepts(() => validateHeaderValue('location', value)), {
	message: 'has a character that no header may have',
});

const headerName = z.string().refine((name) => accepts(() => validateHeaderName(name)), {
	message: 'is no header name',
});

const namedPlays = [
	'lostReplyAfter',
	'lostReplyBefore',
	'error500After',
	'error500Before',
	'limited',
	'html',
	'html200',
	'truncatedJson',
	'cutOff',
	'empty200',
	'echo422',
] as const;

const statusPlay = z
	.object({
		/** 101 answers that another protocol follows, and then nothing comes. */
		status: z.union([z.literal(101), z.number().int().min(200).max(599)], {
			errorMap: () => ({ message: 'must be 101, or from 200 to 599' }),
		}),
		/** A string goes out as it is, anything else as JSON; without it an error body. */
		body: z.unknown(),
		headers: z.record(headerName, headerValue).optional(),
		/** Whether the request takes effect first; it does not unless this is true. */
		after: z.boolean().optional(),
	})
	.strict();

const slowPlay = z
	.object({
		slowMs: z.number().int().min(0).max(longestWaitMs),
		/** False: the request takes effect only when the wait is over, even if nobody waits. */
		after: z.boolean().optional(),
	})
	.strict();

const dripPlay = z
	.object({
		/** After the headers of a 200, one space each so many milliseconds, without end. */
		dripMs: z.number().int().min(1).max(longestWaitMs),
		/** Whether the request takes effect first; it does not unless this is true. */
		after: z.boolean().optional(),
	})
	.strict();

const bigPlay = z
	.object({
		/** So many megabytes of spaces come before the answer proper. */
		bigMb: z.number().int().min(1).max(4096),
		/** Whether they are sent packed, which makes a thousandth of it. */
		gzip: z.boolean().optional(),
		/** In place of that of the answer, which then has not taken effect. */
		status: z.number().int().min(200).max(599).optional(),
	})
	.strict();

const redirectPlay = z
	.object({
		redirectTo: headerValue,
		status: z
			.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)], {
				errorMap: () => ({ message: 'must be 301, 302, 307 or 308' }),
			})
			.optional(),
	})
	.strict();

const play = z.union([z.enum(namedPlays), bigPlay, statusPlay, slowPlay, dripPlay, redirectPlay], {
	errorMap: () => ({
		message:
			`must be one of ${namedPlays.join(', ')}, or ` +
			'{ status, body?, headers?, after? }, { slowMs, after? }, { dripMs, after? }, ' +
			'{ bigMb, gzip?, status? } or { redirectTo, status? }',
	}),
});

const ruleSchema = z
	.object({
		on: z.enum([...requestKinds, 'any']),
		nth: z.number().int().min(1).optional(),
		times: z.number().int().min(1).optional(),
		play,
	})
	.strict();

/** What goes wrong. */
export type Play = z.infer<typeof play>;

/**
 * When something goes wrong: from the nth request of a kind (1 unless given, counted from when
 * the rule is set), for so many requests in a row (1 unless given). Only requests with a good key
 * and within the rate limit are counted.
 */
export type FaultRule = z.input<typeof ruleSchema>;

/** A rule and how far it is. */
export interface PendingFault {
	on: RequestKind | 'any';
	nth: number;
	times: number;
	play: Play;
	seen: number;
	played: number;
}

export interface Faults {
	/** Throws an Error with a sentence that says what is wrong with the rule. */
	add(rule: unknown): void;
	/** Counts a request and returns what to play on it, if anything. */
	take(kind: RequestKind): Play | undefined;
	pending(): PendingFault[];
	clear(): void;
}

/** The faults that wait to be played. Of two that are due, the one set first plays first. */
export function createFaults(): Faults {
	let rules: PendingFault[] = [];
	return {
		add(rule) {
			const result = ruleSchema.safeParse(rule);
			if (!result.success) throw new Error(explain('the fault', result.error));
			const { on, nth = 1, times = 1 } = result.data;
			rules.push({ on, nth, times, play: result.data.play, seen: 0, played: 0 });
		},
		take(kind) {
			const matching = rules.filter(({ on }) => on === 'any' || on === kind);
			for (const rule of matching) rule.seen += 1;
			const due = matching.find((rule) => rule.seen >= rule.nth);
			if (!due) return undefined;
			due.played += 1;
			rules = rules.filter((rule) => rule.played < rule.times);
			return due.play;
		},
		pending: () => rules.map((rule) => ({ ...rule })),
		clear() {
			rules = [];
		},
	};
}
