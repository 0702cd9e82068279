import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { caught } from '../../api/caught';
import { readAll } from '../../input/invalidInput';
import { SIZES } from '../../resources/callRecord/pagesBack';
import { setUpOf } from '../../resources/callRecord/rows';
import { listRequest } from '../../resources/shared/trunks/endpoints';
import type { Event, Look, Polled } from '../event';
import { readChoice, readNumber } from '../fields';
import { notWhole, partsOf, readWindow, type Spent, type SpendBounds, sumUp, timesOver, toldOf, type WindowRead } from './spend';

const HOUR_MS = 3_600_000;
const LENGTHS: Readonly<Record<string, number>> = { hour: HOUR_MS, day: 24 * HOUR_MS };

/** Of dollars: n8n's rules for a field of that name are about how many results there are. */
const LIMIT = 'limit';

const limit: INodeProperties = {
	displayName: 'Limit',
	name: LIMIT,
	type: 'number',
	typeOptions: { minValue: 0.01 },
	default: 20,
	description: 'How many dollars may be spent in the window before the workflow starts; it starts again at twice as much, at four times, and so on',
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
	/** The newest record when the watch began, as the server writes its time: what was spent until then is no news. */
	since: z.string().nullable(),
	/** What the last poll has seen. */
	seen: z.string(),
	/** Who was told of, by a hash, at how many times the limit, when by the server's clock. */
	told: z.array(z.tuple([z.string(), z.number(), z.number()])),
});

type State = z.infer<typeof state>;

const BOUNDS: Readonly<SpendBounds> = { sizes: SIZES, pages: 20 };

/** What the fields say. */
interface Watched {
	/** In millionths of a dollar. */
	limit: number;
	isByExtension: boolean;
	lengthMs: number;
}

/** Somebody may be using the lines of the account. @param bounds for the tests */
export function spendHighWithin(bounds: SpendBounds): Event<State> {
	return {
		value: 'spendHigh',
		name: 'Spend High',
		description: 'More was spent within an hour or a day than a limit. A preview: it rests on what Crazytel does not document, such as when a call has its cost.',
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
			const watched: Watched = { limit: partsOf(most), isByExtension: by === 'extension', lengthMs: LENGTHS[length] ?? HOUR_MS };
			return {
				query: { limit: most, per: by, window: length },
				poll: async (look, before) => await pollOnce(look, before, watched, bounds),
				async example(look) {
					const read = await readWindow(look, watched.lengthMs, bounds);
					const [first] = read === undefined ? [] : sumUp(read, watched.isByExtension);
					if (read === undefined || first === undefined) return undefined;
					const [item] = await withTrunks(look, [first], [toldOf(first, read, watched)]);
					return { ...item, wouldFire: first.parts > watched.limit };
				},
			};
		},
	};
}

export const spendHigh = spendHighWithin(BOUNDS);

/**
 * The window ends with the newest record, so that no clock is needed. It does not move on while nobody calls, but who was
 * told of is not told again before there is a new record, and what was spent before the watch began is not told at all.
 */
async function pollOnce(look: Look, before: State | undefined, watched: Watched, bounds: SpendBounds): Promise<Polled<State>> {
	const read = await readWindow(look, before === undefined ? 0 : watched.lengthMs, bounds, before?.seen);
	if (before === undefined) return { items: [], state: { since: read?.newest.text ?? null, seen: read?.seen ?? '', told: [] } };
	if (read === undefined || !isNew(read, before)) return { items: [], state: { ...before, seen: read?.seen ?? before.seen } };

	const all = sumUp(read, watched.isByExtension);
	const over = all.filter(({ parts }) => parts > watched.limit);
	if (read.isCut && over.length === 0) throw notWhole();
	const told: State['told'] = [];
	const news: Spent[] = [];
	for (const spent of over) {
		const key = look.hash(`spent ${spent.extension ?? ''}`, 12);
		const [, last, at] = before.told.find(([one]) => one === key) ?? [key, 0, -Infinity];
		const times = timesOver(spent.parts, watched.limit);
		const isTold = read.newest.at - at < watched.lengthMs && times <= last;
		told.push(isTold ? [key, last, at] : [key, times, read.newest.at]);
		if (!isTold) news.push(spent);
	}
	// Whoever was told of may be in what was not read.
	if (read.isCut) told.push(...before.told.filter(([key, , at]) => read.newest.at - at < watched.lengthMs && !told.some(([one]) => one === key)));
	if (read.isCut) look.warn('There are more call records in the window than a poll can read: more may have been spent. Choose Hour in Window.');
	const items = await withTrunks(look, news, news.map((spent) => toldOf(spent, read, watched)));
	return { items, state: { since: before.since, seen: read.seen, told } };
}

/** Whether a record has come since the watch began. */
function isNew({ newest }: WindowRead, { since }: State): boolean {
	return newest.at > (setUpOf({ setup_time: since })?.at ?? -Infinity);
}

/** Names the trunks. Whoever has spent so much must be told of also where the list cannot be read. */
async function withTrunks(look: Look, all: Spent[], items: IDataObject[]): Promise<IDataObject[]> {
	if (!all.some(({ extension }) => typeof extension === 'string')) return items;
	const listed = await caught(look.read(listRequest()));
	if ('error' in listed) {
		look.warn(`The trunk of an extension could not be looked up. ${listed.error.message}`);
		return items;
	}
	return items.map((item) => {
		const trunk = listed.value.find(({ username }) => String(username).toLowerCase() === String(item.extension).toLowerCase());
		const { extension, ...rest } = item;
		return trunk === undefined ? item : { extension, trunkId: trunk.id, username: trunk.username, ...rest };
	});
}
