import { text, type Thing } from '../api/body';
import { isWhole } from '../api/pages';
import { normalForm } from '../input/normalForm';
import type { Key, Kind } from './kind';
import { type NearForms, nearFormsOf } from './nearForms';
import type { Recent } from './recent';

/** What was there when the list was asked for. */
export interface Snapshot {
	ids: ReadonlySet<string>;
	/** When that was, as the ledger counts. */
	moment: number;
	/** When the first list of the run was asked for, where this is a later one. */
	since?: number | undefined;
}

/** What a run knows of the things of one kind: the list as it was read, and what its own writes have changed. */
export interface Collection<KeyName extends string = string> extends Snapshot {
	/** The list as it was read, in the API's order. */
	listed: readonly Thing[];
	/** Whether that is all there is, as far as the API says; without that nothing is known of what is not there. */
	isWhole: boolean;
	/** The thing as it is now; undefined where that is not known. */
	find(id: string): Thing | undefined;
	/** The thing by all that is known of it, be it only that this process has made it a moment ago. */
	there(id: string): Thing | undefined;
	/** @returns those that have a key, as it was given, or else in a form that looks the same */
	by(key: KeyName, value: string): Thing[];
	/** @returns all whose key looks the same, without those of which it is not known which key they have by now */
	sharing(key: KeyName, value: string): Thing[];
	/** @returns those whose key may be what the API has made of this one */
	near(key: KeyName, value: string): Thing[];
	/** Whether the list shows a field of any thing; an empty list hides nothing. */
	shows(field: string): boolean;
	/** Keeps what a write has answered. */
	note(thing: Thing): void;
	/** A write of this thing is under way, or has failed: what it is now is not known. */
	forget(id: string): void;
	/** Takes over the things of a newer list that this one did not have, and of which the run has written nothing. */
	learn(listed: readonly Thing[]): void;
}

/** The same for who may only read it. */
export type CollectionView<KeyName extends string = string> = Omit<Collection<KeyName>, 'note' | 'forget' | 'learn'>;

/**
 * @param moment when the list was asked for, as the ledger counts
 * @param recent what this process has written of these things a moment ago
 */
export function collectionOf<KeyName extends string>(
	{ keys }: Pick<Kind<never, KeyName>, 'keys'>,
	listed: readonly Thing[],
	moment: number,
	recent?: Pick<Recent, 'amend' | 'isContradicted' | 'aliases'>,
): Collection<KeyName> {
	const amended = recent === undefined ? listed : recent.amend(listed, moment);
	const contradicted = new Set(
		listed.filter((thing) => recent?.isContradicted(thing)).map(({ id }) => id.toLowerCase()),
	);
	/** By id in lower case, as ids are sent. What the list does not show as it was written is not known, and is sent. */
	const now = lazily(() => {
		const isThere = new Set(amended.map(({ id }) => id.toLowerCase()));
		return new Map(
			listed
				.map((thing): [string, Thing] => [thing.id.toLowerCase(), thing])
				.filter(([id]) => isThere.has(id) && !contradicted.has(id)),
		);
	});
	/** By id in lower case, of what stands there twice the form of the list. */
	const all = lazily(() => new Map([...amended].reverse().map((thing) => [thing.id.toLowerCase(), thing])));
	const ids = lazily(() => new Set(listed.map(({ id }) => id)));
	/** Of these a newer list tells nothing: they were in this one, or the run has written them. */
	const own = lazily(() => new Set(listed.map(({ id }) => id.toLowerCase())));
	const groups = new Map<KeyName, Map<string, Thing[]>>();
	const groupsOf = (name: KeyName): Map<string, Thing[]> => {
		const group = groups.get(name) ?? groupBy(amended, keys[name]);
		groups.set(name, group);
		return group;
	};
	const nearForms = new Map<KeyName, NearForms<Thing>>();
	/** Looked for once a run, not once an item. */
	const shown = new Map<string, boolean>();
	return {
		listed,
		isWhole: isWhole(listed),
		moment,
		get ids() {
			return ids();
		},
		find: (id) => now().get(id.toLowerCase()),
		there: (id) => now().get(id.toLowerCase()) ?? all().get(id.toLowerCase()),
		by(name, value) {
			const key = keys[name];
			const alike = groupsOf(name).get(formOf(key, value)) ?? [];
			const exact = alike.filter((thing) => key.of(thing) === value);
			if (alike.length > 0) return oncePerId(exact.length > 0 ? exact : alike);
			const alias = recent?.aliases.get(`${name} ${formOf(key, value)}`);
			if (alias === undefined) return [];
			// Not one that was given another key since.
			return oncePerId(amended.filter((thing) => thing.id === alias.id && key.of(thing) === alias.kept));
		},
		sharing(name, value) {
			const form = formOf(keys[name], value);
			// One that this process has just given another key, or this one, stands there twice.
			const hasOther = (thing: Thing) =>
				contradicted.has(thing.id.toLowerCase()) &&
				amended.some((one) => one.id === thing.id && formOf(keys[name], keys[name].of(one)) !== form);
			return oncePerId(groupsOf(name).get(form) ?? []).filter((thing) => !hasOther(thing));
		},
		near(name, value) {
			const key = keys[name];
			const forms = nearForms.get(name) ?? nearFormsOf(amended.map((thing) => [key.of(thing), thing] as const));
			nearForms.set(name, forms);
			return oncePerId(forms.of(value));
		},
		shows(field) {
			const isShown = shown.get(field) ?? (listed.length === 0 || listed.some((thing) => thing[field] !== undefined));
			shown.set(field, isShown);
			return isShown;
		},
		note(thing) {
			own().add(thing.id.toLowerCase());
			now().set(thing.id.toLowerCase(), thing);
		},
		forget(id) {
			own().add(id.toLowerCase());
			now().delete(id.toLowerCase());
		},
		learn(newer) {
			for (const thing of newer) {
				const isNews = !own().has(thing.id.toLowerCase()) && recent?.isContradicted(thing) !== true;
				if (isNews) now().set(thing.id.toLowerCase(), thing);
			}
		},
	};
}

/** A list may be long, and most runs look at one side of it. */
function lazily<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}

/** A thing may stand there under two keys. */
function oncePerId(things: Thing[]): Thing[] {
	return [...new Map(things.map((thing) => [thing.id, thing])).values()];
}

function groupBy(listed: readonly Thing[], key: Key): Map<string, Thing[]> {
	const groups = new Map<string, Thing[]>();
	for (const thing of listed) {
		const name = formOf(key, key.of(thing));
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [thing]);
		else group.push(thing);
	}
	return groups;
}

/** The form of a key in which two that look the same are equal. */
export function formOf({ ignoresCase }: Pick<Key, 'ignoresCase'>, value: string): string {
	const form = normalForm(value);
	return ignoresCase ? form.toLowerCase() : form;
}

/** @returns e.g. `Sales (3f2b8c1e-…)`, or the id alone */
export function nameWithId({ nameOf }: Pick<Kind, 'nameOf'>, thing: Thing): string {
	const name = text(nameOf(thing));
	return name === '' ? thing.id : `${name} (${thing.id})`;
}
