import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ApiError } from '../api/apiError';
import type { Done } from './performing';
import type { Operation } from './operation';
import type { WithOrigin } from './origin';
import type { Plan, WritePlan } from './plan';

/** What a node knows of an item from an earlier try. */
export interface Memory extends WithOrigin {
	/** The item was performed: how, and what came of it. */
	done?: { operation: Operation; plan: Plan; result: Done };
	/** The same of one whose thing is not the only one with its key: `uncertain` has the error, until a list shows it alone. */
	doubled?: NonNullable<Memory['done']>;
	/** The item may have been written: what was sent, and how it ended. */
	uncertain?: { plan: WritePlan; error: ApiError };
}

/**
 * n8n's Retry On Fail runs the node again for all its items. The item objects are the same in each
 * try and different ones in every other run, so a WeakMap remembers for exactly as long as needed.
 */
const memories = new WeakMap<object, Map<string, Memory>>();

/** @returns what the node remembers of the item; empty in a first try */
export function memoryOf(context: IExecuteFunctions, item: INodeExecutionData): Memory {
	// For the tool of an agent n8n wraps the same arguments anew in each try.
	const key = context.isToolExecution?.() === true ? item.json : item;
	const ofItem = memories.get(key) ?? new Map<string, Memory>();
	memories.set(key, ofItem);
	const { id } = context.getNode();
	const memory = ofItem.get(id) ?? {};
	ofItem.set(id, memory);
	return memory;
}
