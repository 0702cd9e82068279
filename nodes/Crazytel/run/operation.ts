import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Client } from '../api/client';
import type { ApiRequest } from '../api/endpoints';
import type { Trunk } from '../api/answers';
import type { Item } from './item';

/** What will be sent for one item. Nothing is written before every item of the run has one. */
export interface Plan {
	request: ApiRequest<Trunk>;
	/** The password that the output shows, because it was generated or because the user asked. */
	shownPassword?: string;
}

/** One operation: its words in the editor, its fields and its behaviour. */
export interface Operation {
	value: string;
	name: string;
	/** The words in the node panel. */
	action: string;
	description: string;
	/** Its fields; the registry adds when they are shown. */
	properties: INodeProperties[];
	/**
	 * Reads: takes the item's parameters, checks them, looks up what it needs. Never writes.
	 *
	 * @throws InvalidInput, ApiError, or n8n's own error for an expression that fails
	 */
	prepare(item: Item): Promise<Plan>;
	/**
	 * Writes: sends the plan.
	 *
	 * @returns the output of the item
	 * @throws ApiError
	 */
	perform(plan: Plan, client: Client): Promise<IDataObject>;
}

/** What a group of operations works on. */
export interface Resource {
	value: string;
	name: string;
	operations: Operation[];
	/** The operation of a node that was just added; saved workflows rely on it, so it never changes. */
	defaultOperation: string;
}
