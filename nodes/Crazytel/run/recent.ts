import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import { clock } from '../api/clock';
import { isWhole } from '../api/pages';
import { byAccount } from '../api/perAccount';
import { contradictions } from './differences';
import { type Kind, withoutSecrets } from './kind';
import { LAG_MS, REMEMBERED_MS } from './lag';
import { keepYoungest } from './youngest';

/** So many things of this process are remembered for an account and a kind. */
const MOST = 10_000;

/** What this process has written of one thing. */
interface Written {
	/** When that was last, as the clock goes. */
	at: number;
	/** What was sent, the last value of each setting and when that was, without secrets. */
	values: Record<string, { value: IDataObject[string]; at: number }>;
	/** As the last answer about it showed it, and when it was made, as the ledger counts. */
	made?: { thing: Thing; moment: number } | undefined;
	isRemoved?: true;
}

/** A thing, and the form of its key by which the API has kept it. */
export interface Alias {
	id: string;
	kept: string;
}

/** What this process has written a moment ago, of one kind in one account: it counts above a list that lags. */
export interface Recent {
	/** A thing was made. */
	made(thing: Thing, values: IDataObject, moment: number): void;
	/** A thing may have been made, and nobody knows which. */
	mayHaveMade(): void;
	/** Settings were sent, and may have been taken. @param answer the thing as it was shown then */
	set(id: string, values: IDataObject, answer?: Thing): void;
	removed(id: string): void;
	/** The last value of each setting that was sent of a thing. */
	sent(id: string): IDataObject;
	/** Whether anything was written of a thing. */
	knows(id: string): boolean;
	/**
	 * A list as it is for the keys: without what was removed, with what was made before it was asked for, and what
	 * was set in both forms, that of the list and that which was sent: nobody knows which of them is the older.
	 *
	 * @param moment when it was asked for, as the ledger counts
	 */
	amend(listed: readonly Thing[], moment: number): Thing[];
	/** Whether a list shows something else of a thing than what was sent. */
	isContradicted(thing: Thing): boolean;
	/** With how many things at least a list is believed that is asked for now; a shorter one is read again. */
	fewest(): number;
	/** A list was read, and is believed. */
	saw(listed: readonly Thing[]): void;
	/** Things that were made with a key which the API keeps in another form, by the form that was sent. */
	aliases: ReadonlyMap<string, Alias>;
	/** Keeps one more of these. */
	noteAlias(sent: string, alias: Alias): void;
	/** Whether what it knows may still count. */
	readonly isInUse: boolean;
}

const recents = byAccount(createRecent);

/** @param accountId tells address and key apart, and reveals neither */
export function recentOf(accountId: string, kind: Kind): Recent {
	return recents(`${accountId} ${kind.name}`, kind);
}

function createRecent(kind: Kind): Recent {
	/** By id in lower case, oldest first. */
	const writings = new Map<string, Written>();
	const aliases = new Map<string, Alias>();
	let seen = { count: 0, at: 0 };
	let notedAt = clock.now();

	const isFresh = ({ at }: Written): boolean => clock.now() - at <= LAG_MS;
	const note = (id: string, written: Omit<Written, 'at'>): void => {
		writings.delete(id.toLowerCase());
		notedAt = clock.now();
		writings.set(id.toLowerCase(), { ...written, at: notedAt });
		for (const oldest of writings.keys()) {
			const { at = 0 } = writings.get(oldest) ?? {};
			if (writings.size <= MOST && clock.now() - at <= REMEMBERED_MS) break;
			writings.delete(oldest);
		}
	};

	const timed = (sent: IDataObject): Written['values'] =>
		Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, { value, at: clock.now() }]));
	/** What was sent of a thing since then, by the last value of each setting. */
	const sentSince = (id: string, then: number): IDataObject =>
		Object.fromEntries(
			Object.entries(writings.get(id.toLowerCase())?.values ?? {}).flatMap(([name, { value, at }]) =>
				at >= then ? [[name, value]] : [],
			),
		);
	const lately = (id: string): IDataObject => sentSince(id, clock.now() - LAG_MS);
	const keysAmong = (sent: IDataObject): IDataObject =>
		Object.fromEntries(Object.entries(sent).filter(([name]) => Object.hasOwn(kind.keys, name)));
	/** What nobody has answered to is not known of a thing; by its key it is found all the same. */
	const unknown = (sent: IDataObject): IDataObject => ({
		...Object.fromEntries(Object.keys(sent).map((name) => [name, undefined])),
		...keysAmong(sent),
	});

	const amend: Recent['amend'] = (listed, moment) => {
		const ids = new Set(listed.map(({ id }) => id.toLowerCase()));
		const missing = [...writings].flatMap(([id, written]) => {
			const { made } = written;
			return made === undefined || made.moment > moment || !isFresh(written) || ids.has(id) ? [] : [made.thing];
		});
		const left = listed.flatMap((thing) => {
			const written = writings.get(thing.id.toLowerCase());
			if (written === undefined) return [thing];
			if (written.isRemoved && isFresh(written)) return [];
			const contradicted = contradictions(kind, thing, lately(thing.id));
			return Object.keys(contradicted).length === 0 ? [thing] : [thing, { ...thing, ...contradicted }];
		});
		return [...left, ...missing];
	};

	return {
		aliases,
		noteAlias(sent, alias) {
			notedAt = clock.now();
			aliases.set(sent, alias);
			keepYoungest(aliases, MOST);
		},
		amend,
		get isInUse() {
			return clock.now() - Math.max(notedAt, seen.at) <= REMEMBERED_MS;
		},
		made(thing, values, moment) {
			const sent = withoutSecrets(kind, values);
			// By its key it is found, also where the answer does not show that.
			note(thing.id, { values: timed(sent), made: { thing: { ...keysAmong(sent), ...thing }, moment } });
			seen = { count: seen.count + 1, at: clock.now() };
		},
		mayHaveMade: () => void (seen = { count: seen.count + 1, at: clock.now() }),
		set(id, values, answer) {
			const before = writings.get(id.toLowerCase());
			const sent = withoutSecrets(kind, values);
			const made = before?.made && { ...before.made, thing: { ...before.made.thing, ...(answer ?? unknown(sent)) } };
			note(id, { values: { ...before?.values, ...timed(sent) }, made });
		},
		removed(id) {
			note(id, { values: {}, isRemoved: true });
			seen.count--;
		},
		sent: (id) => sentSince(id, -Infinity),
		knows: (id) => writings.has(id.toLowerCase()),
		isContradicted(thing) {
			return (
				writings.has(thing.id.toLowerCase()) && Object.keys(contradictions(kind, thing, lately(thing.id))).length > 0
			);
		},
		fewest: () => (clock.now() - seen.at <= REMEMBERED_MS ? seen.count / 2 : 0),
		saw(listed) {
			// What it does not show yet is there as well.
			const ids = new Set(amend(listed, Infinity).map(({ id }) => id));
			if (isWhole(listed)) seen = { count: ids.size, at: clock.now() };
		},
	};
}
