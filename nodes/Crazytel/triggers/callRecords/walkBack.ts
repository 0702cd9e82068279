import type { IDataObject } from 'n8n-workflow';

import type { Moment } from '../../input/moment';
import { type Page, pagesBack, type Sizes } from '../../resources/callRecord/pagesBack';
import { newestSetUpOf, type Row, setUpOf } from '../../resources/callRecord/rows';
import type { Look } from '../event';
import { pagesUntilSure } from './pagesUntilSure';

/** What a lane is read with. */
export interface Course {
	/** By the API's names. */
	query: IDataObject;
	/** How late a call may be filed, in milliseconds; undefined where there are only messages. */
	longestMs: number | undefined;
	/** So many pages at most. */
	pages: number;
	remembered: number;
	sizes: Sizes;
	/** When reading must end, by `look.msLeft`. */
	untilMs: number;
	/** Whether the last poll is so long ago that the API shows no more of what came since. */
	wasAway: boolean;
}

/** How far to go. */
interface Goal {
	/** Where an earlier poll has left off; without it, from the newest record on. */
	begin?: string | undefined;
	/** A time of which there is a record: a short page that comes as far has all. Any other is to be followed by none. */
	known?: Moment | undefined;
	/** The newest time of which there is a record: a short page that shows none of that time is never taken at its word. */
	cursor?: Moment | undefined;
	/** @param newest the newest time of all; not called where no record has one */
	targetOf(newest: Moment): Moment;
}

/** How far it came. */
export interface Walked {
	rows: Row[];
	/** From this time on there is every record. */
	completeFrom: Moment;
	/** Whether it came as far as it was to go, or to the end of all. */
	isWhole: boolean;
	/** Where further pages begin, newest first; the last one was not asked for. */
	ends: string[];
}

const FEWER = 'Choose one type in Types, or add the option Extension, so that there are fewer, and poll more often.';

const CURES = { shorter: FEWER, fewer: FEWER, dates: FEWER };

/**
 * Reads call records from the newest back, page by page, until it is where it was to go, or has no time left.
 *
 * @throws ApiError, Stopped
 */
export async function walkBack(
	look: Look,
	{ query, pages, sizes, untilMs }: Course,
	{ begin, known, cursor, targetOf }: Goal,
): Promise<Walked> {
	const rows: Row[] = [];
	const ends: string[] = [];
	const start = begin === undefined ? undefined : setUpOf({ setup_time: begin });
	const way = {
		query,
		spans: [{}],
		size: start === undefined ? sizes.least : sizes.page,
		cures: CURES,
		...(start !== undefined && { begin: start }),
	};
	let target: Moment | undefined;
	let oldest = Infinity;
	let count = 0;
	const isTrusted = ({ isFull, oldest: at = Infinity }: Page): boolean =>
		!isFull && (cursor === undefined || at <= cursor);
	const pagesOf = pagesBack(async (request) => await look.read(request), way, sizes);
	for await (const page of pagesUntilSure(pagesOf, isTrusted)) {
		count++;
		rows.push(...page.fresh);
		oldest = page.oldest ?? oldest;
		target ??= targetFrom(page.fresh, look.now, targetOf);
		if (target !== undefined && oldest < target) return { rows, completeFrom: oldest + 1, isWhole: true, ends };
		if (!page.isFull && known !== undefined && oldest <= known) break;
		// The next step ends it, or says why it cannot go on.
		if (page.next === undefined) continue;
		ends.push(page.next.text);
		if (count >= pages || look.msLeft() < untilMs) return { rows, completeFrom: oldest + 1, isWhole: false, ends };
	}
	return { rows, completeFrom: -Infinity, isWhole: true, ends };
}

function targetFrom(rows: Row[], now: Moment, targetOf: Goal['targetOf']): Moment | undefined {
	const newest = newestSetUpOf(rows, now);
	return newest && targetOf(newest.at);
}
