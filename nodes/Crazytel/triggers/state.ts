import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** The place in n8n's static data of the node. */
const PLACE = 'poll';

/** Another form of it begins anew. */
const VERSION = 1;

const envelope = z.object({
	v: z.literal(VERSION),
	event: z.string(),
	account: z.string(),
	query: z.string(),
	state: z.unknown(),
});

/** What a state is of. */
export interface Origin {
	event: string;
	/** Tells accounts apart, and reveals nothing. */
	account: string;
	/** What else it rests on, e.g. the fields. */
	query: IDataObject;
}

/** States of polls that have given nothing, by node. n8n may not keep them. */
const kept = new Map<string, { begunWith: string; saved: IDataObject }>();

/** So many nodes are remembered. */
const MOST_KEPT = 1_000;

/** What one node knows from poll to poll. */
export interface Memory<State> {
	/** What the last poll left; undefined in a first one, or where it was of another account, event or query. */
	readonly state: State | undefined;
	/** Keeps what this poll leaves, as the last step of it. @param hasGiven whether it starts an execution */
	leave(state: State, hasGiven: boolean): void;
}

/**
 * Reads what the last poll has left. n8n saves it surely only where a poll has given something. What one that has given
 * nothing has left, is known to this process as well: it counts as long as n8n shows what that poll has begun with.
 *
 * @param data n8n's static data of the node
 * @param node tells nodes apart
 * @param schema reads the state; what does not fit is none
 */
export function memoryOf<State>(
	data: IDataObject,
	node: string,
	origin: Origin,
	schema: z.ZodType<State>,
): Memory<State> {
	const begunWith = JSON.stringify(data[PLACE] ?? null);
	const before = kept.get(node);
	const newest: unknown = before?.begunWith === begunWith ? before.saved : JSON.parse(begunWith);
	const parsed = envelope.safeParse(newest);
	const { event, account } = origin;
	const query = hashOf(JSON.stringify(origin.query));
	const isOurs =
		parsed.success && parsed.data.event === event && parsed.data.account === account && parsed.data.query === query;
	const state = isOurs ? schema.safeParse(parsed.data.state) : undefined;
	return {
		state: state?.success === true ? state.data : undefined,
		leave(next, hasGiven) {
			const saved = { v: VERSION, event, account, query, state: next as IDataObject };
			kept.delete(node);
			if (!hasGiven) kept.set(node, { begunWith, saved });
			for (const oldest of kept.keys()) {
				if (kept.size <= MOST_KEPT) break;
				kept.delete(oldest);
			}
			data[PLACE] = saved;
		},
	};
}

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
