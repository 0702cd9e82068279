import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { isWhole } from '../api/pages';
import { isEmpty } from '../input/empty';
import { isSameFlag } from '../input/flag';
import { normalForm } from '../input/normalForm';
import { listRequest, type Trunk } from '../resources/shared/trunks/endpoints';
import { settings } from '../resources/shared/trunks/settings';
import type { Event, Look } from './event';
import { readChoices } from './fields';
import { changesOf, readWatched, type Unsure } from './listChanges';

const changes: INodeProperties = {
	displayName: 'Changes',
	name: 'changes',
	type: 'multiOptions',
	options: [
		{ name: 'Changed', value: 'changed', description: 'A setting other than Enabled has changed' },
		{ name: 'Created', value: 'created' },
		{ name: 'Enabled', value: 'enabled' },
		{ name: 'Gone', value: 'gone', description: 'Two polls in a row have not found it' },
		{ name: 'Suspended', value: 'suspended' },
	],
	default: ['changed', 'created', 'enabled', 'gone', 'suspended'],
	description: 'Which changes start the workflow',
};

/** A trunk's hash: of each setting so many characters, after one for on or off. */
const OF_A_SETTING = 4;

/** The settings that can be compared, by the API's names. */
const NAMES = Object.entries(settings).flatMap(([name, one]) =>
	name === 'enabled' || ('isSecret' in one && one.isSecret) ? [] : [name as keyof typeof settings],
);

/** In the place of what a list does not show. */
const UNKNOWN = '?'.repeat(OF_A_SETTING);

const state = z.object({
	/** The id of each trunk, and its hash. */
	trunks: z.array(z.tuple([z.string(), z.string()])),
	/** Their usernames in that order, sealed: of one that is gone it must be known which it was. */
	usernames: z.string(),
	missing: z.array(z.string()),
	doubted: z.string(),
	hasSeenAll: z.boolean(),
});

type State = z.infer<typeof state>;

/** What is known of a trunk from poll to poll. */
interface Known {
	hash: string;
	username: string;
}

export const trunkChanged: Event<State> = {
	value: 'trunkChanged',
	name: 'Trunk Changed',
	description: 'A SIP trunk was created, changed, suspended or enabled, or is gone',
	properties: [changes],
	options: [],
	state,
	noExample: 'The account has no trunk. Create one, with the Crazytel node or in the Crazytel portal.',
	prepare(fields) {
		const wanted = readChoices(changes, fields.parameter(changes.name));
		return {
			query: { changes: wanted, settings: NAMES },
			async poll(look, before) {
				const known = before === undefined ? undefined : knownIn(look, before);
				const listed = await readWatched(look, listRequest(), known === undefined);
				const byId = new Map(listed.map((trunk) => [trunk.id, trunk]));
				if (before === undefined || known === undefined) {
					const all = new Map([...byId].map(([id, trunk]) => [id, knownOf(look, trunk)]));
					return { items: [], state: stateOf(look, all, { missing: [], doubted: '', hasSeenAll: isWhole(listed) }) };
				}
				const { isNew, gone, isBelieved, unsure } = changesOf(
					look,
					[...known.keys()],
					before,
					[...byId.keys()],
					isWhole(listed),
				);
				const now = new Map(known);
				const items: IDataObject[] = [];
				for (const [id, trunk] of isBelieved ? byId : []) {
					const then = known.get(id);
					const seen = knownOf(look, trunk, then);
					now.set(id, seen);
					if (then !== undefined) items.push(...differences(trunk, then.hash, seen.hash));
					else if (isNew) items.push({ change: 'created', trunk, fields: [] });
				}
				for (const id of gone) {
					items.push({ change: 'gone', trunk: { id, username: known.get(id)?.username || null }, fields: [] });
					now.delete(id);
				}
				return {
					items: items.filter(({ change }) => wanted.includes(String(change))),
					state: stateOf(look, now, unsure),
				};
			},
			async example(look) {
				const newest = (await look.read(listRequest())).at(-1);
				return newest === undefined ? undefined : { change: 'created', trunk: newest, fields: [] };
			},
		};
	},
};

/** On or off and the rest are told apart, so that whoever waits for one misses nothing of the other. */
function differences(trunk: Trunk, then: string, now: string): IDataObject[] {
	const part = (hash: string, place: number) => hash.slice(1 + place * OF_A_SETTING, 1 + (place + 1) * OF_A_SETTING);
	const fields = NAMES.filter(
		(_name, place) => part(then, place) !== part(now, place) && part(then, place) !== UNKNOWN,
	);
	const wasSwitched = then[0] !== now[0] && then[0] !== '?';
	return [
		...(wasSwitched ? [{ change: now.startsWith('1') ? 'enabled' : 'suspended', trunk, fields: ['enabled'] }] : []),
		...(fields.length > 0 ? [{ change: 'changed', trunk, fields }] : []),
	];
}

/** @param before of what the list does not show now, this stays */
function knownOf(look: Look, trunk: Trunk, before?: Known): Known {
	const { enabled, username } = trunk;
	const switched = isSameFlag(enabled, true) ? '1' : isSameFlag(enabled, false) ? '0' : (before?.hash[0] ?? '?');
	const parts = NAMES.map((name, place) => {
		const start = 1 + place * OF_A_SETTING;
		return trunk[name] === undefined
			? (before?.hash.slice(start, start + OF_A_SETTING) ?? UNKNOWN)
			: look.hash(`${name} ${normal(name, trunk[name])}`, OF_A_SETTING);
	});
	return {
		hash: `${switched}${parts.join('')}`,
		username: isEmpty(username) ? (before?.username ?? '') : String(username),
	};
}

/** One form for all in which a server may list the same value. */
function normal(name: keyof typeof settings, value: unknown): string {
	if (isEmpty(value)) return '';
	const parsed = settings[name].reads.safeParse(value);
	const text: unknown = parsed.success ? parsed.data : value;
	return typeof text === 'string' ? normalForm(text) : JSON.stringify(text);
}

function stateOf(look: Look, all: Map<string, Known>, unsure: Unsure): State {
	const usernames = look.seal(JSON.stringify([...all.values()].map(({ username }) => username)));
	return { trunks: [...all].map(([id, { hash }]) => [id, hash]), usernames, ...unsure };
}

/** @returns undefined where it was sealed with another key */
function knownIn(look: Look, { trunks, usernames }: State): Map<string, Known> | undefined {
	const text = look.unseal(usernames);
	if (text === undefined) return undefined;
	const names = z.array(z.string()).parse(JSON.parse(text));
	return new Map(trunks.map(([id, hash], place) => [id, { hash, username: names[place] ?? '' }]));
}
