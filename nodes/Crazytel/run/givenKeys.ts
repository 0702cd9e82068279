import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { clock } from '../api/clock';
import { byAccount } from '../api/perAccount';
import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';
import { outcomeOf } from './outcome';
import type { Act, Plan } from './plan';
import { type Work, workOf } from './work';
import { keepYoungest } from './youngest';

/** So many keys of an account are remembered, and so long, in milliseconds. */
const MOST = 1_000;
const A_DAY_MS = 86_400_000;

/** So many items are named. */
const MOST_ITEMS = 20;

/** Keys that users have chosen, with what was sent under them: one key is one act. */
interface GivenKeys {
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
export const givenKeysOf: (account: string) => GivenKeys = byAccount(() => {
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
});

/**
 * Refuses the items of a run that give one key to different acts, and those whose key was used for another one: a server
 * that knows a key does nothing more under it, and may call that a success.
 */
export function refuseSharedKeys(works: Work[], accountId: string): Work[] {
	const groups = new Map<string, Array<{ index: number; plan: Act }>>();
	for (const { index, prepared } of works) {
		const plan = 'value' in prepared ? prepared.value.plan : undefined;
		if (!hasGivenKey(plan)) continue;
		groups.set(keyOf(plan), [...(groups.get(keyOf(plan)) ?? []), { index, plan }]);
	}
	return works.map((work) => {
		const { index, memory, prepared } = work;
		if ('failure' in prepared || prepared.value.done !== undefined || memory.uncertain !== undefined) return work;
		const { operation, plan } = prepared.value;
		if (!hasGivenKey(plan)) return work;
		const sharing = groups.get(keyOf(plan)) ?? [];
		const isShared = sharing.some((other) => contentOf(other.plan) !== contentOf(plan));
		if (!isShared && !givenKeysOf(accountId).isOfAnother(plan)) return work;
		const { field, label } = plan.givenKey;
		const where = isShared
			? `stands on items that ask for different things (${namesOf(sharing)}, counted from 0), and one key is done once`
			: 'was used for something else in the last day, and one key is done once';
		const error = new InvalidInput([
			{ field, message: `${label} ${shown(keyOf(plan))} ${where}.\nGive each its own by an expression, e.g. an order number, or leave the option out.` },
		]);
		return workOf(index, memory, outcomeOf({ error }, { operation }));
	});
}

type GivenAct = Act & Required<Pick<Act, 'givenKey'>>;

function hasGivenKey(plan: Plan | undefined): plan is GivenAct {
	return plan?.do === 'act' && plan.givenKey !== undefined;
}

function keyOf({ request }: Act): string {
	return request.idempotencyKey ?? '';
}

function contentOf({ request: { path, query, body } }: Act): string {
	return createHash('sha256').update(JSON.stringify([path, query, body])).digest('hex');
}

function namesOf(items: Array<{ index: number }>): string {
	const more = items.length - MOST_ITEMS;
	return `${items.slice(0, MOST_ITEMS).map(({ index }) => index).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
