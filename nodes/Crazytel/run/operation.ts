import type { INodeProperties } from 'n8n-workflow';

import type { Item } from './item';
import type { Plan } from './plan';

/** One operation: its words in the editor, its fields, and what it wants. Only `run` sends, so none can go past a promise. */
export interface Operation {
	value: string;
	name: string;
	/** The words in the node panel. */
	action: string;
	description: string;
	/** Its fields; the registry adds when they are shown. */
	properties: INodeProperties[];
	/**
	 * Takes the item's parameters, checks them, looks up what it needs.
	 *
	 * @throws InvalidInput, ApiError, Stopped, or n8n's own error for an expression that fails
	 */
	prepare(item: Item): Promise<Plan>;
}
