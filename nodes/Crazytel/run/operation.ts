import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Trunk } from '../api/answers';
import type { ApiError } from '../api/apiError';
import type { Client } from '../api/client';
import type { ApiRequest } from '../api/endpoints';
import type { TrunksBefore } from './createOnce';
import type { Item } from './item';

/** What will be sent for one item. Nothing is written before every item of the run has one. */
export interface Plan {
	request: ApiRequest<Trunk>;
	/** The password that the output shows, because it was generated or because the user asked. */
	shownPassword?: string;
	/** Of a create: the trunks that were there before the run; undefined where they cannot be listed. */
	trunksBefore?: TrunksBefore;
}

/** What the writing of one item may use. */
export interface Writing {
	client: Client;
	/** How an earlier try of the same plan ended, if a trunk may have been made by it. */
	uncertain: ApiError | undefined;
	/** Keeps the plan for the next try of n8n's Retry On Fail, which then only looks for its trunk. */
	rememberUncertain(error: ApiError): void;
	/** Tells the user something of the whole run; the same words are shown once. */
	hint(message: string): void;
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
	 * @throws InvalidInput, ApiError, Stopped, or n8n's own error for an expression that fails
	 */
	prepare(item: Item): Promise<Plan>;
	/**
	 * Writes: sends the plan.
	 *
	 * @returns the output of the item
	 * @throws ApiError, or Stopped before anything was sent
	 */
	perform(plan: Plan, writing: Writing): Promise<IDataObject>;
}

/** What a group of operations works on. */
export interface Resource {
	value: string;
	name: string;
	operations: Operation[];
	/** The operation of a node that was just added; saved workflows rely on it, so it never changes. */
	defaultOperation: string;
}
