import { text, type Thing } from '../api/body';
import type { Key, Kind } from './kind';

/** What was there when the list was asked for. */
export interface Snapshot {
	ids: ReadonlySet<string>;
	/** When that was, as the ledger counts. */
	moment: number;
}

/** What a run knows of the things of one kind: the list as it was read, and what its own writes have changed. */
export interface Collection<KeyName extends string = string> extends Snapshot {
	/** The list as it was read, in the API's order. */
	listed: readonly Thing[];
	/** The thing as it is now; undefined where that is not known. */
	find(id: string): Thing | undefined;
	/** @returns those that the list shows with a key, space around it aside */
	by(key: KeyName, value: string): Thing[];
	/** Whether the list shows a field of any thing; an empty list hides nothing. */
	shows(field: string): boolean;
	/** Keeps what a write has answered. */
	note(thing: Thing): void;
	/** A write of this thing is under way, or has failed: what it is now is not known. */
	forget(id: string): void;
}

/** The same for who may only read it. */
export type CollectionView<KeyName extends string = string> = Omit<Collection<KeyName>, 'note' | 'forget'>;

/** @param moment when the list was asked for, as the ledger counts */
export function collectionOf<KeyName extends string>(
	{ keys }: Pick<Kind<never, KeyName>, 'keys'>,
	listed: readonly Thing[],
	moment: number,
): Collection<KeyName> {
	/** By id in lower case, as ids are sent. */
	const now = new Map(listed.map((thing) => [thing.id.toLowerCase(), thing]));
	const groups = new Map<KeyName, Map<string, Thing[]>>();
	/** Looked for once a run, not once an item. */
	const shown = new Map<string, boolean>();
	return {
		listed,
		moment,
		ids: new Set(listed.map(({ id }) => id)),
		find: (id) => now.get(id.toLowerCase()),
		by(name, value) {
			const key = keys[name];
			const group = groups.get(name) ?? groupBy(listed, key);
			groups.set(name, group);
			const alike = group.get(folded(key, value)) ?? [];
			const exact = alike.filter((thing) => key.of(thing) === value);
			return exact.length > 0 ? exact : alike;
		},
		shows(field) {
			const isShown = shown.get(field) ?? (listed.length === 0 || listed.some((thing) => thing[field] !== undefined));
			shown.set(field, isShown);
			return isShown;
		},
		note: (thing) => void now.set(thing.id.toLowerCase(), thing),
		forget: (id) => void now.delete(id.toLowerCase()),
	};
}

function groupBy(listed: readonly Thing[], key: Key): Map<string, Thing[]> {
	const groups = new Map<string, Thing[]>();
	for (const thing of listed) {
		const name = folded(key, key.of(thing));
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [thing]);
		else group.push(thing);
	}
	return groups;
}

function folded({ ignoresCase }: Key, value: string): string {
	return ignoresCase ? value.toLowerCase() : value;
}

/** @returns e.g. `CT123456 (3f2b8c1e-…)`, or the id alone */
export function nameWithId({ nameOf }: Pick<Kind, 'nameOf'>, thing: Thing): string {
	const name = text(nameOf(thing));
	return name === '' ? thing.id : `${name} (${thing.id})`;
}
