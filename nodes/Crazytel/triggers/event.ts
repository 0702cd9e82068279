import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

import type { ReadRequest } from '../api/request';
import type { Moment } from '../input/moment';

/** How an event reads its fields. */
export interface Settings {
	parameter(name: string): unknown;
	/** An entry of Options, or the field's default where it was not added. */
	option(field: INodeProperties): unknown;
}

/** What a poll is given to look at the account. */
export interface Look {
	/**
	 * Sends a request: paced with all others of the account, twice at most.
	 *
	 * @throws ApiError; Stopped when the time of the poll is over
	 */
	read<Answer>(request: ReadRequest<Answer>): Promise<Answer>;
	/** By our clock. */
	readonly now: Moment;
	/** How much is left of the time that n8n gives a poll, in milliseconds. */
	msLeft(): number;
	/** Turns what the next poll has to know into a text that nobody reads without the account's key. */
	seal(text: string): string;
	/** @returns the text; undefined where it was not sealed with this key */
	unseal(sealed: string): string | undefined;
	/** A short hash by which nothing of the account is told to others. @param length in characters, of 6 bits each */
	hash(text: string, length: number): string;
	/** A line for n8n's log. */
	warn(message: string): void;
}

/** What came of a poll. */
export interface Polled<State> {
	/** What starts an execution; empty where nothing does. */
	items: IDataObject[];
	state: State;
}

/** One event with its fields read. */
export interface Watch<State> {
	/** What the state rests on beside the event and the account: with others it begins anew. */
	query: IDataObject;
	/**
	 * Looks what is new.
	 *
	 * @param state what the last poll left, undefined in a first one
	 * @returns the new state as a whole; the old one is not touched
	 */
	poll(look: Look, state: State | undefined): Promise<Polled<State>>;
	/** The newest example for Fetch Test Event; undefined where there is none. */
	example(look: Look): Promise<IDataObject | undefined>;
}

/** What the trigger can watch for. A file for each. */
export interface Event<State = unknown> {
	value: string;
	name: string;
	description: string;
	/** Of a preview, what of it Crazytel does not document, e.g. `how late a call is filed`: the menu and the form say so. */
	preview?: string;
	/** Its own fields; shown for it alone. */
	properties: INodeProperties[];
	/** Its entries of Options, in alphabetical order. */
	options: INodeProperties[];
	/** Reads what an earlier poll has left; what does not fit is not believed. It holds no secret, no number and no name. */
	state: z.ZodType<State>;
	/** What to do where there is no example. */
	noExample: string;
	/** @throws InvalidInput with every problem of the fields */
	prepare(settings: Settings): Watch<State>;
}
