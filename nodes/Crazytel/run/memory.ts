import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { ApiError } from '../api/apiError';
import type { Plan } from './operation';

/** What a node knows of an item from an earlier try. */
export interface Memory {
	/** The item was written; this was its output. */
	done?: IDataObject;
	/** The item may have been written: what was sent, and how it ended. */
	uncertain?: { plan: Plan; error: ApiError };
}

/**
 * n8n's Retry On Fail runs the node again for all its items. The item objects are the same in each
 * try and different ones in every other run, so a WeakMap remembers for exactly as long as needed.
 */
const memories = new WeakMap<INodeExecutionData, Map<string, Memory>>();

/** @returns what the node remembers of the item; empty in a first try */
export function memoryOf(item: INodeExecutionData, node: INode): Memory {
	const ofItem = memories.get(item) ?? new Map<string, Memory>();
	memories.set(item, ofItem);
	const memory = ofItem.get(node.id) ?? {};
	ofItem.set(node.id, memory);
	return memory;
}
