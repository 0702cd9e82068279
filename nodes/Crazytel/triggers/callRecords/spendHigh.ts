import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { caught } from '../../api/caught';
import { readAll } from '../../input/invalidInput';
import { DAY_MS, HOUR_MS, type Moment } from '../../input/moment';
import { SIZES } from '../../resources/callRecord/pagesBack';
import { type Row, setUpOf } from '../../resources/callRecord/rows';
import { listRequest } from '../../resources/shared/trunks/endpoints';
import type { Event, Look, Polled } from '../event';
import { readChoice, readNumber } from '../fields';
import { type Alarm, alarmsIn, type Given, timesOver, type Watched } from './alarms';
import { inParts } from './cost';
import { SWEEP_MS } from './lane';
import { bySpender, notWhole, outputOf, readNewest, type SpendBounds, spentLast, textOf } from './spend';

const LENGTHS: Readonly<Record<string, number>> = { hour: HOUR_MS, day: DAY_MS };

/** Of dollars: n8n's rules for a field of that name are about how many results there are. */
const LIMIT = 'limit';

const limit: INodeProperties = {
	displayName: 'Limit',
	name: LIMIT,
	type: 'number',
	typeOptions: { minValue: 0.01 },
	default: 20,
	hint: 'In dollars',
	description:
		'How many dollars may be spent in the window before the workflow starts; it starts again at twice as much, at four times, and so on',
};

const per: INodeProperties = {
	displayName: 'Per',
	name: 'per',
	type: 'options',
	options: [
		{ name: 'Account', value: 'account', description: 'All calls and messages of the account together' },
		{ name: 'Extension', value: 'extension', description: 'Each trunk and each extension of CrazyPBX by itself' },
	],
	default: 'account',
	description: 'What is added up: account or extension',
};

const window: INodeProperties = {
	displayName: 'Window',
	name: 'window',
	type: 'options',
	options: [
		{ name: 'Day', value: 'day', description: 'The 24 hours before the newest call' },
		{ name: 'Hour', value: 'hour', description: 'The 60 minutes before the newest call' },
	],
	default: 'hour',
	description: 'The time in which the limit counts: hour or day; it goes along with the newest call',
};

const state = z.object({
	/** The time of the newest record when the watch began: what was filed until then starts nothing by itself. */
	since: z.number().nullable(),
	/** The time of the newest record that was judged. */
	upTo: z.number().nullable(),
	/** What the last poll has seen. */
	seen: z.string(),
	/** Who was told of, by a hash, and of what. */
	told: z.array(z.tuple([z.string(), z.number(), z.number(), z.number().nullable()])),
	/** When it was looked for long calls, by our clock, and the time of the newest record that was judged by then. */
	sweptAt: z.number(),
	sweptTo: z.number().nullable(),
});

type State = z.infer<typeof state>;

/** A call is filed when it ends, under the time at which it began: so far back it is judged again, every so often. */
const LONGEST_CALL_MS = 4 * HOUR_MS;

const BOUNDS: Readonly<SpendBounds> = { sizes: SIZES, pages: 20 };

/** Somebody may be using the lines of the account. @param bounds for the tests */
export function spendHighWithin(bounds: SpendBounds): Event<State> {
	return {
		value: 'spendHigh',
		name: 'Spend High',
		description: 'More was spent within an hour or a day than a limit',
		preview: 'when a call has its cost',
		properties: [limit, per, window],
		options: [],
		state,
		noExample: 'The account has no call record in the last three months. Make a call or send an SMS.',
		prepare(settings) {
			const { most, by, length } = readAll({
				most: () => readNumber(limit, settings.parameter(limit.name), { least: 0.01, of: 'dollars', example: '20' }),
				by: () => readChoice(per, settings.parameter(per.name)),
				length: () => readChoice(window, settings.parameter(window.name)),
			});
			const watched: Watched = {
				limit: inParts(most),
				isByExtension: by === 'extension',
				lengthMs: LENGTHS[length] ?? HOUR_MS,
			};
			return {
				query: { limit: most, per: by, window: length },
				poll: async (look, before) => await pollOnce(look, before, watched, bounds),
				example: async (look) => await present(look, watched, bounds),
			};
		},
	};
}

export const spendHigh = spendHighWithin(BOUNDS);

/**
 * Every window ends with a record, so that no clock is needed: none moves on while nobody calls, and none is told of
 * twice. What was spent before the watch began counts only together with what comes after.
 */
async function pollOnce(
	look: Look,
	before: State | undefined,
	watched: Watched,
	bounds: SpendBounds,
): Promise<Polled<State>> {
	const { lengthMs, isByExtension } = watched;
	if (before === undefined) {
		const read = async () => await readNewest(look, (newest) => newest, bounds);
		// All is new to an account that had no record, and it may have shown none by a slip.
		const first = (await read()) ?? (await read());
		const at = first?.newest.at ?? null;
		return {
			items: [],
			state: { since: at, upTo: at, seen: first?.seen ?? '', told: [], sweptAt: look.now, sweptTo: at },
		};
	}
	const isSweep = Math.abs(look.now - before.sweptAt) >= SWEEP_MS;
	const [since, upTo, sweptTo] = [before.since ?? -Infinity, before.upTo ?? -Infinity, before.sweptTo ?? -Infinity];
	// Before the last sweep: what has come since, together with newer ones, may have begun as long before it.
	const judgedFrom = (newest: Moment): Moment =>
		Math.max(isSweep ? Math.min(newest, sweptTo) - LONGEST_CALL_MS : Math.min(newest, upTo), since + 1);
	const read = await readNewest(
		look,
		(newest) => judgedFrom(newest) - lengthMs,
		bounds,
		isSweep ? undefined : before.seen,
	);
	if (read === undefined) return { items: [], state: before };

	const { newest, completeFrom } = read;
	const reached = Math.max(newest.at, upTo);
	const isCut = completeFrom > newest.at - lengthMs + 1;
	const from = isCut ? -Infinity : Math.max(judgedFrom(newest.at), completeFrom - 1 + lengthMs);
	if (!isCut && from > Math.max(since, upTo) + 1)
		look.warn(
			`Since the last poll there were more call records than a poll can read: what was spent before ${textOf(from, newest)} was not looked at.`,
		);
	const told = before.told.filter(([, , at]) => at > Math.min(newest.at, sweptTo) - LONGEST_CALL_MS - lengthMs);
	const found: Array<{ extension: string | null | undefined; alarm: Alarm }> = [];
	const toldOf = new Map<string, Given[]>();
	for (const [who, ...given] of told) toldOf.set(who, [...(toldOf.get(who) ?? []), given]);
	let isAnyOver = false;
	const isAnyNew = read.rows.some((row) => (setUpOf(row)?.at ?? -Infinity) > since);
	for (const [extension, rows] of isAnyNew ? bySpender(read.rows, isByExtension) : []) {
		const who = look.hash(`spent ${extension ?? ''}`, 12);
		// Of a part only what each has spent last is known, as the least.
		const judged = isCut ? Math.max(lastTime(rows, newest.at), since + 1) : from;
		const { alarms, given } = alarmsIn(rows, toldOf.get(who) ?? [], watched, judged, !isCut);
		toldOf.set(who, given);
		found.push(...worstOf(alarms, lengthMs).map((alarm) => ({ extension, alarm })));
		isAnyOver ||= spentLast(rows, read, watched).parts > watched.limit;
	}
	if (isCut && !isAnyOver) throw notWhole();
	if (isCut)
		look.warn(
			'There are more call records in the window than a poll can read: more may have been spent. Choose Hour in Window.',
		);
	found.sort((a, b) => a.alarm.end - b.alarm.end || b.alarm.parts - a.alarm.parts);
	const items = await withTrunks(
		look,
		found.map(({ extension, alarm }) => outputOf(extension, alarm, read, watched)),
	);
	return {
		items,
		state: {
			since: before.since,
			upTo: reached,
			seen: read.seen,
			told: [...toldOf].flatMap(([who, given]) => given.map((one): State['told'][number] => [who, ...one])),
			...(isSweep ? { sweptAt: look.now, sweptTo: reached } : { sweptAt: before.sweptAt, sweptTo: before.sweptTo }),
		},
	};
}

function lastTime(rows: Row[], newest: Moment): Moment {
	return Math.max(...rows.map((row) => setUpOf(row)?.at ?? -Infinity).filter((at) => at <= newest));
}

/** Of what has come at once, in each window the worst. */
function worstOf(alarms: Alarm[], lengthMs: number): Alarm[] {
	const worst: Alarm[] = [];
	for (const alarm of [...alarms].sort((a, b) => b.parts - a.parts)) {
		if (!worst.some(({ at }) => Math.abs(at - alarm.at) < lengthMs)) worst.push(alarm);
	}
	return worst;
}

/** What is spent now, by whoever has spent most. */
async function present(look: Look, watched: Watched, bounds: SpendBounds): Promise<IDataObject | undefined> {
	const read = await readNewest(look, (newest) => newest - watched.lengthMs, bounds);
	if (read === undefined) return undefined;
	const all = [...bySpender(read.rows, watched.isByExtension)].map(([extension, rows]) => ({
		extension,
		spent: spentLast(rows, read, watched),
	}));
	const [most] = all.sort((a, b) => b.spent.parts - a.spent.parts);
	if (most === undefined) return undefined;
	const times = timesOver(most.spent.parts, watched.limit);
	const [item] = await withTrunks(look, [outputOf(most.extension, { ...most.spent, times }, read, watched)]);
	// First, as the editor's table shows few columns.
	return { wouldFire: times > 0, ...item };
}

/** Names the trunks. Whoever has spent so much must be told of also where the list cannot be read. */
async function withTrunks(look: Look, items: IDataObject[]): Promise<IDataObject[]> {
	if (!items.some(({ extension }) => typeof extension === 'string')) return items;
	const listed = await caught(look.read(listRequest()));
	if ('error' in listed) {
		look.warn(`The trunk of an extension could not be looked up. ${listed.error.message}`);
		return items;
	}
	return items.map((item) => {
		const trunk = listed.value.find(
			({ username }) => String(username).toLowerCase() === String(item.extension).toLowerCase(),
		);
		const { extension, ...rest } = item;
		return trunk === undefined ? item : { extension, trunkId: trunk.id, username: trunk.username, ...rest };
	});
}
