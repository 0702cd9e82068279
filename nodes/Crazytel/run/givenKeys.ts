import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { clock } from '../api/clock';
import { byAccount } from '../api/perAccount';
import type { Act } from './plan';
import { keepYoungest } from './youngest';

/** So many keys of an account are remembered, and so long, in milliseconds. */
const MOST = 1_000;
const A_DAY_MS = 86_400_000;

/** Keys that users have chosen, with what was sent under them: one key is one act. */
export interface GivenKeys {
	readonly isInUse: boolean;
	/** What came of the same act, where it was done under its key. */
	doneBy(plan: Act): IDataObject | undefined;
	/** Whether another act was sent under the key of this one. */
	isOfAnother(plan: Act): boolean;
	/** Keeps what is sent under a key. @param output what came of it; undefined while that is not known */
	note(plan: Act, output?: IDataObject): void;
}

interface Entry {
	content: string;
	until: number;
	output: IDataObject | undefined;
}

/** What this process has sent under given keys in the last day. */
export const givenKeysOf: (account: string) => GivenKeys = byAccount(createGivenKeys);

/** Keys of nothing that was sent yet. */
export function createGivenKeys(): GivenKeys {
	const entries = new Map<string, Entry>();
	const find = (plan: Act): Entry | undefined => {
		const entry = plan.givenKey === undefined ? undefined : entries.get(keyOf(plan));
		return entry !== undefined && entry.until > clock.now() ? entry : undefined;
	};
	return {
		// The server may have forgotten what is forgotten here.
		isInUse: false,
		doneBy: (plan) => find(plan)?.output,
		isOfAnother: (plan) => (find(plan)?.content ?? contentOf(plan)) !== contentOf(plan),
		note(plan, output) {
			if (plan.givenKey === undefined) return;
			entries.delete(keyOf(plan));
			entries.set(keyOf(plan), { content: contentOf(plan), until: clock.now() + A_DAY_MS, output });
			keepYoungest(entries, MOST);
		},
	};
}

/** The key of an act. */
export function keyOf({ request }: Act): string {
	return request.idempotencyKey ?? '';
}

/** Equal for acts that ask for the same. */
export function contentOf({ request: { path, query, body } }: Act): string {
	return createHash('sha256')
		.update(JSON.stringify([path, query, body]))
		.digest('hex');
}
