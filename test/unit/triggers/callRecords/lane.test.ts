import {
	lane as schema,
	type Lane,
	laneFrom,
	laneFromNow,
	readLane,
	SWEEP_MS,
} from '../../../../nodes/Crazytel/triggers/callRecords/lane';
import type { Course } from '../../../../nodes/Crazytel/triggers/callRecords/walkBack';
import type { StoredCallRecord } from '../../../../sandbox';
import { Account, DAY_MS, HOUR_MS, MINUTE_MS, NOON, recordAt } from './account';

const COURSE: Course = {
	query: {},
	longestMs: 4 * HOUR_MS,
	pages: 10,
	remembered: 5_000,
	sizes: { page: 12, least: 6 },
	untilMs: 0,
	wasAway: false,
};

let account: Account;
beforeEach(() => (account = new Account()));

const textOf = (at: number): string => new Date(at).toISOString().slice(0, 19);

/** A record, so many minutes after noon. */
const at = (minute: number, columns: Record<string, unknown> = {}): StoredCallRecord =>
	recordAt(NOON + minute * MINUTE_MS, { dst: minute, ...columns });

/** One a minute, from the oldest on. */
const minutes = (first: number, last: number): StoredCallRecord[] =>
	Array.from({ length: last - first + 1 }, (_, index) => at(first + index));

/** What a poll that has time for all of it reads, and leaves. */
async function polled(before: Lane, more: Partial<Course> = {}) {
	const read = await readLane(account.look(), before, { ...COURSE, ...more });
	return {
		...read,
		came: read.news.map(({ row }) => row.dst),
		lane: schema.parse(read.leave(read.news, undefined, false)),
	};
}

const first = async (more: Partial<Course> = {}): Promise<Lane> =>
	schema.parse(await laneFromNow(account.look(), { ...COURSE, ...more }));

describe('the first look', () => {
	test('goes back as far as a call may last, and asks an account with records once', async () => {
		account.records = [...minutes(-600, -300), ...minutes(-200, 0)];
		const lane = await first({ pages: 100 });
		const back = account.queries.length;
		account.records = account.records.filter((record) => (record.at ?? 0) > NOON - 300 * MINUTE_MS);
		await first({ pages: 100 });
		// One more, as the last page is short and may be half of one.
		expect(account.queries).toHaveLength(back + 1);
		expect(lane).toMatchObject({ cursor: textOf(NOON), floor: NOON - 4 * HOUR_MS, crumbs: [] });
	});

	test('in a quiet account is two requests, as a short page may be half of one', async () => {
		account.records = minutes(-2, 0);
		await first();
		expect(account.queries).toHaveLength(2);
	});

	test('remembers what may be met again, and nothing older', async () => {
		account.records = [at(-300), at(-240), at(0)];
		expect((await first()).known.map(([time]) => time)).toEqual([NOON, NOON - 4 * HOUR_MS]);
	});

	test('that had no time for all of it: what it has not seen starts nothing later', async () => {
		account.records = minutes(-200, 0);
		const before = await first({ pages: 2 });
		account.now += SWEEP_MS;
		account.records.push(at(1));
		expect((await polled(before, { pages: 100 })).came).toEqual([1]);
	});

	test('of records without a time knows them again', async () => {
		account.records = [recordAt(null, { dst: 'one' }), recordAt(null, { dst: 'two' })];
		const before = await first();
		const { came, lane, lastChance } = await polled(before);
		expect([came, lastChance]).toEqual([[], -Infinity]);
		expect(lane).toMatchObject({ cursor: null, floor: null });
		expect(lane.known).toHaveLength(2);
	});
});

describe('what is new', () => {
	test('is there from its first moment on, oldest first, and those of one moment as they were filed', async () => {
		account.records = [
			at(1, { dst: 'later' }),
			at(1, { dst: 'sooner' }),
			at(0),
			at(-1),
			recordAt(null, { dst: 'none' }),
		];
		expect((await polled(laneFrom(NOON))).came).toEqual(['none', 0, 'sooner', 'later']);
	});

	test('leaves the sight as long behind the newest that was seen as a call may last, also where that is not shown', async () => {
		account.records = [at(0)];
		const before = await first();
		account.records = [at(-120)];
		const { lastChance, lane } = await polled(before);
		expect(lastChance).toBe(NOON - 4 * HOUR_MS);
		expect(lane.cursor).toBe(textOf(NOON));
		account.records = [recordAt(null)];
		expect((await polled(before)).lastChance).toBe(NOON - 4 * HOUR_MS);
	});

	test('in an account that was empty comes whole, where it is too long for one poll', async () => {
		let lane = await first();
		expect(account.queries).toHaveLength(2);
		account.records = minutes(1, 60);
		const came: unknown[] = [];
		for (let polls = 0; polls < 20; polls++) {
			const now = await polled(lane, { pages: 3 });
			came.push(...now.came);
			lane = now.lane;
		}
		expect(came).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
		expect(lane).toMatchObject({ cursor: textOf(NOON + HOUR_MS), crumbs: [] });
	});

	test('is not asked for beyond where it is remembered', async () => {
		account.records = minutes(-60, 0);
		const before = { ...(await first()), floor: NOON - 5 * MINUTE_MS };
		await polled(before);
		expect(account.queries).toHaveLength(2);
	});
});

describe('what is remembered', () => {
	test('is forgotten when it is too old to come again, and nobody is told that anything may be missed', async () => {
		account.records = minutes(-300, 0).filter((_, index) => index % 20 === 0);
		let lane = await first({ remembered: 15 });
		for (let hour = 3; hour < 24; hour += 3) {
			account.now += 3 * HOUR_MS;
			account.records.push(...minutes(hour * 60 - 179, hour * 60).filter((_, index) => index % 20 === 19));
			const now = await polled(lane, { remembered: 15 });
			expect(now.came).toHaveLength(9);
			lane = now.lane;
			expect(lane).toMatchObject({ floor: NOON + (hour - 4) * HOUR_MS, isShort: false });
		}
		expect(account.warnings).toEqual([]);
	});

	test('are the newest, where there is no room for all, which is said once', async () => {
		account.records = [at(-2)];
		const before = await first();
		account.records.push(...minutes(-1, 3));
		const { lane } = await polled(before, { remembered: 3 });
		expect(lane.known.map(([time]) => ((time ?? 0) - NOON) / MINUTE_MS)).toEqual([3, 2, 1]);
		expect(lane).toMatchObject({ floor: NOON + 1, isShort: true });
		account.records.push(at(4));
		expect((await polled(lane, { remembered: 3 })).came).toEqual([4]);
		expect(account.warnings).toEqual([expect.stringContaining('may be missed')]);
	});

	test('is so also where past records are told', async () => {
		account.records = minutes(-5, 0);
		await polled(laneFrom(NOON - HOUR_MS), { remembered: 3 });
		expect(account.warnings).toEqual([expect.stringContaining('may be missed')]);
	});

	test('are the last 500 of those without a time', async () => {
		account.records = [at(0), recordAt(null, { dst: 'last' })];
		const before = laneFrom(NOON - HOUR_MS);
		before.known = Array.from({ length: 500 }, (_, index) => [null, `mark ${index}`]);
		const { known } = (await polled(before)).lane;
		const untimed = known.filter(([time]) => time === null).map(([, hashes]) => hashes);
		expect(untimed).toHaveLength(500);
		expect(untimed.slice(0, -1)).toEqual(before.known.slice(1).map(([, hashes]) => hashes));
	});
});

test('a look for long calls goes back to where the last one has been, and no further', async () => {
	account.records = minutes(-600, 0);
	const before = await first({ pages: 100 });
	const back = account.queries.length;
	account.now += SWEEP_MS;
	account.records.push(at(1));
	await polled(before, { pages: 100 });
	expect(account.queries).toHaveLength(back);
});

describe('a look for long calls that is too long for one poll', () => {
	/** A busy account, of which so much is known, some time later. */
	async function busy(later: number): Promise<Lane> {
		account.records = minutes(-240, 0);
		const before = await first({ pages: 100 });
		account.now += later;
		account.records.push(at(1));
		return before;
	}

	test('gives up what it has not come to, says so, and is not begun again at once', async () => {
		const { came, lane } = await polled(await busy(SWEEP_MS), { pages: 2 });
		expect(came).toEqual([1]);
		expect(lane).toMatchObject({ isShort: true, sweptAt: account.now });
		expect(lane.floor).toBe(Math.min(...lane.known.map(([time]) => time ?? 0)) - MINUTE_MS + 1);
		expect(account.warnings).toEqual([expect.stringContaining('may be missed')]);
	});

	test('another one gives up nothing: the next look for long calls does', async () => {
		const before = await busy(MINUTE_MS);
		const { lane } = await polled(before, { pages: 2 });
		expect(lane).toMatchObject({ floor: before.floor, sweptAt: before.sweptAt, isShort: true });
	});

	test('is every look where there are only messages, as none goes further back', async () => {
		account.records = minutes(-60, 0);
		const before = await first({ pages: 100, longestMs: undefined });
		account.records.push(at(1));
		const { lane } = await polled(before, { pages: 2, longestMs: undefined });
		expect(lane.floor).toBeGreaterThan(before.floor ?? Infinity);
	});

	test('is said once, until one was whole again', async () => {
		let lane = (await polled(await busy(SWEEP_MS), { pages: 2 })).lane;
		account.now += MINUTE_MS;
		account.records.push(...minutes(2, 90));
		lane = (await polled(lane, { pages: 100 })).lane;
		expect(lane.isShort).toBe(true);
		account.now += SWEEP_MS;
		lane = (await polled(lane, { pages: 100 })).lane;
		// What was given up is not older than a call may be yet.
		expect(lane.isShort).toBe(true);
		account.now += 5 * HOUR_MS;
		account.records.push(at(400));
		lane = (await polled(lane, { pages: 100 })).lane;
		expect(lane).toMatchObject({ isShort: false, floor: NOON + 160 * MINUTE_MS });
		expect(account.warnings).toHaveLength(1);
	});
});

describe('a way back that is too long for one poll', () => {
	const crumbs = (count: number): string[] =>
		Array.from({ length: count }, (_, index) => textOf(NOON - index * MINUTE_MS));

	test.each([
		[298, 300],
		[299, 151],
	])('leaves few places to take it up from: of %i and two more %i', async (count, expected) => {
		const before = { ...laneFrom(NOON - 9 * DAY_MS), crumbs: crumbs(count) };
		account.records = minutes(-600, 0);
		const { came, lane } = await polled(before, { pages: 2 });
		expect(came).toEqual([]);
		const left = (await readLane(account.look(), before, { ...COURSE, pages: 2 })).leave([], undefined, false).crumbs;
		expect(left).toHaveLength(expected);
		expect(left).toEqual([...left].sort().reverse());
		expect(left.at(-1)).toBe(lane.crumbs.at(-1));
		expect(lane.crumbs.at(-1)).toBe(textOf(Math.min(...left.map((text) => Date.parse(`${text}Z`)))));
	});

	test('goes on where n8n was down meanwhile, and nothing is given up', async () => {
		account.records = minutes(-600, 0);
		const before = { ...laneFrom(NOON - 200 * DAY_MS), crumbs: crumbs(2) };
		const { gapFrom } = await polled(before, { wasAway: true });
		expect(gapFrom).toBeNull();
	});

	test('is whole when it has come to the newest that is known', async () => {
		account.switches = { timeForm: 'fraction' };
		account.records = [...minutes(-30, -1), recordAt(NOON - 1), at(0)];
		const before = await first();
		account.records.push(...minutes(1, 4));
		expect((await polled(before, { pages: 1 })).came).toEqual([1, 2, 3, 4]);
	});

	test('leaves only times to take it up from', async () => {
		account.records = minutes(-60, 0);
		const { lane } = await polled(laneFrom(NOON - HOUR_MS), { pages: 2 });
		expect(lane.crumbs.filter((text) => Number.isNaN(Date.parse(text)))).toEqual([]);
		expect(lane.crumbs.length).toBeGreaterThan(0);
	});
});

describe('after a long absence', () => {
	const LONGEST_DAYS = 88;

	test.each([
		[LONGEST_DAYS * DAY_MS, null],
		[LONGEST_DAYS * DAY_MS + 1000, textOf(NOON)],
	])('what is %i ms older than the newest is missing from %j on', async (after, expected) => {
		account.records = [at(0)];
		const before = await first();
		account.now += after;
		account.records.push(recordAt(account.now));
		expect((await polled(before, { wasAway: true })).gapFrom).toBe(expected);
	});

	test('all that is shown is new to an account that had no record', async () => {
		const before = await first();
		account.now += 100 * DAY_MS;
		account.records = [recordAt(NOON, { dst: 'old' }), recordAt(account.now, { dst: 'new' })];
		expect(await polled(before, { wasAway: true })).toMatchObject({ came: ['old', 'new'], gapFrom: null });
	});
});
