import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Trunk } from '../api/answers';
import type { ApiError } from '../api/apiError';
import type { Client } from '../api/client';
import type { ApiRequest } from '../api/endpoints';
import type { TrunkId } from '../validation/trunkId';
import type { Item } from './item';
import type { KnownTrunks, TrunksBefore } from './knownTrunks';

/** What will be sent for one item. Nothing is written before every item of the run has a plan. */
export interface WritePlan<Answer extends IDataObject = Trunk> {
	request: ApiRequest<Answer>;
	/** The password that the output shows, because it was generated or because the user asked. */
	shownPassword?: string;
	/** Whether the plan is the output, and nothing is sent. */
	isDryRun?: boolean;
	/** Of an update: whether what the trunk has already is left out, and nothing is sent when that is all. */
	sendsDifferences?: boolean;
	/** Whether the output says what was changed. */
	showsChanges?: boolean;
	/** Of a create: the trunks that were there before the run; undefined where they cannot be listed. */
	trunksBefore?: TrunksBefore;
	/** The description by which Create or Update knows the trunk. */
	key?: string;
	/** Of a create with a key: the update of one that was made since the list was read. */
	ifMade?: (id: TrunkId) => WritePlan;
}

/** What was found for one item; it writes nothing. */
export interface ReadPlan {
	found: Trunk[];
}

export type Plan = WritePlan<IDataObject> | ReadPlan;

/** One item has one output, except that a search may find any number of trunks. */
export type Output = IDataObject | IDataObject[];

/** What the writing of one item may use. */
export interface Writing {
	client: Client;
	/** How an earlier try of the same plan ended, if a trunk may have been made by it. */
	uncertain: ApiError | undefined;
	/** Keeps the plan for the next try of n8n's Retry On Fail, which then only looks for its trunk. */
	rememberUncertain(error: ApiError, sent: WritePlan<IDataObject>): void;
	/** The run's list, if it was read, kept up with what the run has written. */
	trunks: KnownTrunks | undefined;
	/** Tells the user something of the whole run; the same words are shown once. */
	hint(message: string): void;
}

/** One operation: its words in the editor, its fields and its behaviour. */
export interface Operation<Prepared extends Plan = Plan> {
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
	prepare(item: Item): Promise<Prepared>;
	/**
	 * Writes: sends the plan. Is not called for a dry run.
	 *
	 * @returns the output of the item
	 * @throws InvalidInput or ApiError, or Stopped before anything was sent
	 */
	perform(plan: Prepared, writing: Writing): Promise<Output>;
}

/** What a group of operations works on. */
export interface Resource {
	value: string;
	name: string;
	operations: Operation[];
	/** The operation of a node that was just added; saved workflows rely on it, so it never changes. */
	defaultOperation: string;
}
