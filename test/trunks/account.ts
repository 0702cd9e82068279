import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Sandbox, startSandbox, type StoredTrunk, type Switches } from '../../sandbox';
import { countOf, play, type Scene, type Setting, time, writes } from '../engine/scene';

/** A trunk as a resource locator holds it; by default what the item's `trunk` says. */
export function trunkBy(mode: 'list' | 'id' | 'username', value: unknown = '={{ $json.trunk }}'): INodeParameters {
	return { trunk: { __rl: true, mode, value } as unknown as string };
}

/** A sandbox without a limit of requests, on the clock that the node is driven by. */
export async function openAccount({
	verifiedNumbers,
	...switches
}: Partial<Switches> & { verifiedNumbers?: string[] } = {}): Promise<Sandbox> {
	return await startSandbox({
		now: time.now,
		switches: { rateLimit: 0, ...switches },
		...(verifiedNumbers && { verifiedNumbers }),
	});
}

/** Runs one item. */
export async function playOne(
	sandbox: Sandbox,
	parameters: INodeParameters,
	item: IDataObject = {},
	node?: Setting['node'],
): Promise<Scene> {
	return await play(sandbox, { items: [item], parameters, node });
}

/** The words with which a trunk is refused, of which an item's `trunk` says which one it is; nothing may have been written. */
export async function refusalOf(sandbox: Sandbox, parameters: INodeParameters, trunk: unknown): Promise<string> {
	const { error, told } = await playOne(sandbox, parameters, { trunk } as never);
	expect(writes(sandbox)).toStrictEqual([]);
	return error === undefined ? 'nothing was refused' : told;
}

/** The trunk as the API shows it: without its password. */
export function shownOf(trunk: StoredTrunk): IDataObject {
	return without({ ...trunk }, 'password');
}

/** What came out behind the node, without what the node behind it has added. */
export function outputsOf({ good }: Scene): IDataObject[] {
	return good.map((output) => without(output, 'looked'));
}

function without(fields: IDataObject, ...names: string[]): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** The trunk with this id, as it stands in the account. */
export function stored(sandbox: Sandbox, { id }: { id: string }): StoredTrunk | undefined {
	return sandbox.trunks().find((trunk) => trunk.id === id);
}

/** The bodies of the updates that were sent, oldest first. */
export function patches(sandbox: Sandbox): unknown[] {
	return sandbox.requests.filter(({ kind }) => kind === 'update').map(({ body }) => body);
}

/** How many lists of trunks and how many writes a run has cost. */
export function costOf(sandbox: Sandbox): { lists: number; writes: number } {
	return { lists: countOf(sandbox, 'list'), writes: writes(sandbox).length };
}

/** The account's list of trunks without some settings, as an API may show it that tells less. */
export function listWithout(sandbox: Sandbox, ...settings: string[]): void {
	const body = sandbox.trunks().map((trunk) => without({ ...trunk }, 'password', ...settings));
	sandbox.fault({ on: 'list', times: 1_000, play: { status: 200, body } });
}
