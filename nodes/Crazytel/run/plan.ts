import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import type { ApiRequest, ReadRequest } from '../api/request';
import type { CollectionView, Snapshot } from './collection';
import type { Kind, Making, Removing, Schema } from './kind';

/** What a plan that writes says of its output. */
interface Telling {
	/** Whether the plan is the output, and nothing is sent. */
	isDryRun: boolean;
}

interface TellingOfValues extends Telling {
	/** Secrets that the output shows, because they were generated or because the user asked; by the API's names. */
	shown?: IDataObject | undefined;
	/** Set where they were made anew, so that nobody else has them: what to do. */
	shownOnce?: string;
	/** Whether the output says what was changed. */
	tellsChanges?: boolean;
}

/** Found already: nothing is sent. */
export interface Give {
	do: 'give';
	/** What it is, if it is of a kind. */
	kind?: Kind;
	found: IDataObject[];
}

/** Read for this item alone, side by side with the others once all are prepared. */
export interface Ask {
	do: 'ask';
	request: ReadRequest<IDataObject | IDataObject[]>;
}

/** Sends one request of a reading: paced, and repeated where that helps. */
export type Send = <Answer>(request: ReadRequest<Answer>) => Promise<Answer>;

/** Read in several requests, one after the other, of which each depends on what those before have brought. */
export interface Gather {
	do: 'gather';
	/** Items of one name want the same, which is read once. */
	name: string;
	/** @throws ApiError where it cannot be read to its end, Stopped when the execution was stopped */
	read(send: Send): Promise<IDataObject[]>;
}

/** Makes a thing, once. */
export interface Make extends TellingOfValues {
	do: 'make';
	kind: Kind & Making;
	values: IDataObject;
	/** What was there before the run; undefined where it cannot be listed. */
	before: Snapshot | undefined;
	/** A key by which the thing is known: where one was made meanwhile, that one is set `instead`. */
	known?: KnownBy & Finding;
	/** Set where it has a name that others may have, too. */
	beside?: Beside;
}

/** What a thing is told apart by, and the others that it is made beside. */
export interface Beside extends KnownBy {
	/** As people call those that were there; empty where there was none, or none is known. */
	names: string;
	/** What to do where they are meant. */
	cure: string;
}

/** What Create or Update does where there is a thing with the key. */
export interface Finding {
	/**
	 * Decides by a list whether there is one; the list that is read again before the make is asked the same.
	 *
	 * @throws InvalidInput where the list cannot tell
	 */
	idIn(all: CollectionView): string | undefined;
	/** What is done to it. */
	instead(id: string): SetValues;
}

/** The text by which a thing is known. */
export interface KnownBy {
	key: string;
	value: string;
}

/** Makes a thing that goes by an id which is known beforehand, e.g. buys it: nothing is sent where it is there. */
export interface Obtain extends Telling {
	do: 'obtain';
	kind: Kind;
	id: string;
	/** The settings that it is to have, by the API's names. */
	values: IDataObject;
	request: ApiRequest<Thing, 'make'>;
	/** What was there before the run; undefined where it cannot be listed. */
	before: Snapshot | undefined;
	/** The parameter that names it. */
	field: string;
	/** What is done to it, e.g. `bought`. */
	done: string;
	/** The field by which the output says whether it was there already. */
	mark: string;
}

/** Gives a thing absolute values. */
export interface SetValues extends TellingOfValues {
	do: 'set';
	kind: Kind;
	id: string;
	/** How the user calls the thing, where it is not by its id. */
	called?: string | undefined;
	values: IDataObject;
	/** Whether what the thing has already is left out, and nothing is sent when that is all. */
	onlyDifferences: boolean;
	/** Items with the same text keep their order with a make of it. */
	known?: KnownBy;
	/** Set of a thing that was made for the same item: the plan is kept, or the next try would make a second one. */
	isOfMade?: true;
	/** Set where the thing keeps secrets that were made anew for the item: what to do where nobody has those that it has. */
	keepsSecrets?: string;
	/** The request, where it is another one than the kind's, e.g. with words of its own. */
	by?: (id: string, values: IDataObject) => ApiRequest<IDataObject & { id: string }, 'set'>;
}

/** Takes a thing away. */
export interface Remove extends Telling {
	do: 'remove';
	kind: Kind & Removing;
	id: string;
	/** How the user calls the thing, where it is not by its id. */
	called?: string | undefined;
}

/** Sent once, with nothing to look for afterwards. */
export interface Act extends Telling {
	do: 'act';
	request: ApiRequest<IDataObject, 'act'>;
	/** As a report names it, e.g. `the message to 61412345678`. */
	name: string;
	/** Acts with the same one keep the order of their items, e.g. all messages to one number. */
	subject?: string;
	/** The fields that the server may name. */
	settings?: Schema;
	/** What a dry run shows beside the request. */
	summary?: IDataObject;
	/** What the output holds beside the answer, where the answer does not hold it. */
	adds?: IDataObject;
	/** Set where the user has chosen the key of the request: then one key is one act. */
	givenKey?: { field: string; label: string };
	/** What is told where it was sent again, after a try that may have done it. */
	afterRepeat?: string;
}

/** What is wanted for one item and is not there already. */
export type WritePlan = Make | Obtain | SetValues | Remove | Act;

/** What is wanted for one item. Nothing is written before every item of the run has a plan. */
export type Plan = Give | Ask | Gather | WritePlan;

export function isWritePlan(plan: Plan): plan is WritePlan {
	return plan.do !== 'give' && plan.do !== 'ask' && plan.do !== 'gather';
}

/** What the server may name of it. */
export function settingsOf(plan: Plan): Schema | undefined {
	if (plan.do === 'act') return plan.settings;
	return 'kind' in plan ? plan.kind?.settings : undefined;
}

/** One item has one output, except that a search may find any number. */
export type Output = IDataObject | IDataObject[];
