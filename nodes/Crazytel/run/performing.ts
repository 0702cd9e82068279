import type { IDataObject } from 'n8n-workflow';

import type { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import type { Client } from '../api/client';
import type { Changes } from './differences';
import type { Known } from './known';
import type { KnownBy, Make, Obtain, Output, Remove, SetValues, WritePlan } from './plan';

/** What the performing of one item may use. */
export interface Performing {
	client: Client;
	/** What the run knows, kept up with what it has written. */
	known: Known;
	/** How an earlier try of the same plan ended, if that may have acted. */
	doubt: ApiError | undefined;
	/** Keeps what was sent for the next try of n8n's Retry On Fail, which then does not send it anew. */
	rememberDoubt(error: ApiError, sent: WritePlan): void;
	/** Tells the user something of the whole run; the same words are shown once. */
	hint(message: string): void;
}

/** What was done to a thing; of what acts once, that it was done. */
export type State = 'created' | 'updated' | 'deleted' | 'done';

/** The same of one that is known by its id, where it is not known whether all of it is as asked. */
export type InDoubt = `${State}, in doubt`;

/** What came of performing an item. */
export interface Done {
	output: Output;
	/** How a report names what was written; undefined where nothing was. */
	written?: string | undefined;
	/** What was done to it; set where something was written. */
	state?: State | InDoubt;
	/** What a report says of secrets that only the output holds. */
	lostSecrets?: string | undefined;
	/** Set where that has to be seen in the list first. */
	unseen?: Unseen;
	/** Set where a thing was obtained that no list has shown yet. */
	obtained?: Obtain;
	/** Set where a thing was made that is known by its key. */
	made?: MadeByKey;
	/** Set where secrets were left as they are: of which thing. */
	kept?: { plan: SetValues; id: string };
}

/** A thing that was made because there was none with its key. */
export interface MadeByKey {
	plan: Make | SetValues;
	known: KnownBy;
	thing: Thing;
	/** Whether a list has shown since that it is the only one with its key. */
	isAlone?: true;
}

/** A write whose answer does not show what came of it. */
export interface Unseen {
	plan: SetValues | Remove;
	/** What was sent. */
	values: IDataObject;
	changes: Changes;
	/** As it was before, where that was known. */
	before?: Thing | undefined;
	/** How its request ended. */
	error: ApiError;
}
