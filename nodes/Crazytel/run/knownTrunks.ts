import { text, type Trunk } from '../api/answers';
import type { Client } from '../api/client';
import { trunkListRequest } from '../api/endpoints';
import type { TrunkId } from '../validation/trunkId';
import { nextMoment } from './ledger';

/** The trunks that were there when the run began. */
export interface TrunksBefore {
	ids: ReadonlySet<string>;
	/** When the list was asked for. */
	moment: number;
}

/** What a run knows of the account's trunks: the list as it was read, and what its own writes have changed. */
export interface KnownTrunks extends TrunksBefore {
	/** The list as it was read, in the API's order. */
	listed: readonly Trunk[];
	/** The trunk as it is now; undefined where that is not known. */
	find(id: TrunkId): Trunk | undefined;
	/** Whether the list shows a setting of any trunk; an empty list hides nothing. */
	shows(setting: string): boolean;
	/** @returns those with exactly that username, or else those that differ only in the case of letters */
	withUsername(username: string): Trunk[];
	/** @returns those with exactly that description, space around it aside */
	withDescription(description: string): Trunk[];
	/** Keeps what a write has answered. */
	note(trunk: Trunk): void;
	/** A write of this trunk is under way, or has failed: what it is now is not known. */
	forget(id: TrunkId): void;
}

/**
 * Reads the list of trunks.
 *
 * @throws ApiError when it cannot be read
 */
export async function readKnownTrunks(client: Client): Promise<KnownTrunks> {
	const moment = nextMoment();
	return knownTrunks(await client.send(trunkListRequest()), moment);
}

/** @param moment when the list was asked for, as the ledger counts */
export function knownTrunks(listed: readonly Trunk[], moment: number): KnownTrunks {
	/** By id in lower case, as ids are sent. */
	const now = new Map(listed.map((trunk) => [trunk.id.toLowerCase(), trunk]));
	const byUsername = groupBy(listed, ({ username }) => text(username).toLowerCase());
	const byDescription = groupBy(listed, ({ description }) => text(description));
	/** Looked for once a run, not once an item. */
	const shown = new Map<string, boolean>();
	return {
		listed,
		moment,
		ids: new Set(listed.map(({ id }) => id)),
		find: (id) => now.get(id.toLowerCase()),
		shows(setting) {
			const isShown = shown.get(setting) ?? (listed.length === 0 || listed.some((trunk) => trunk[setting] !== undefined));
			shown.set(setting, isShown);
			return isShown;
		},
		withUsername(username) {
			const alike = byUsername.get(username.toLowerCase()) ?? [];
			const exact = alike.filter((trunk) => text(trunk.username) === username);
			return exact.length > 0 ? exact : alike;
		},
		withDescription: (description) => byDescription.get(description) ?? [],
		note: (trunk) => void now.set(trunk.id.toLowerCase(), trunk),
		forget: (id) => void now.delete(id.toLowerCase()),
	};
}

function groupBy(trunks: readonly Trunk[], keyOf: (trunk: Trunk) => string): Map<string, Trunk[]> {
	const groups = new Map<string, Trunk[]>();
	for (const trunk of trunks) {
		const key = keyOf(trunk);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [trunk]);
		else group.push(trunk);
	}
	return groups;
}
