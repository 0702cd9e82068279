import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import type { ApiRequest, ReadRequest } from '../api/request';

/** One setting of a thing, as a run needs to know it. */
export interface Setting {
	/** As people call it, in the editor and in every message. */
	label: string;
	/** The parameter that it is entered in. */
	parameter: string;
	/** The state of a thing that has a value of it, e.g. `suspended`; without it the value is told. */
	state?: (value: unknown) => string;
	/** Never listed, never compared, masked in plans and changes. */
	isSecret?: true;
	/** Whether what is listed is what was, or would be, sent. */
	isSame(listed: unknown, sent: unknown): boolean;
	/** Whether it can be told what a listed value means; without it, any plain value. Of what cannot nothing is claimed. */
	isReadable?: (listed: unknown) => boolean;
}

/** The settings of a kind, by the API's names. */
export type Schema = Readonly<Record<string, Setting>>;

/** A text by which a thing is found. */
export interface Key {
	of(thing: Thing): string;
	/** Whether one that differs only in the case of letters is found where none is exactly the same. */
	ignoresCase?: true;
}

/** A kind of thing that an account has. All that `run` knows of it. */
export interface Kind<Values extends IDataObject = IDataObject, KeyName extends string = string> {
	/** One word, e.g. for the output of a dry run. */
	name: string;
	/** As messages call it. */
	noun: { one: string; many: string };
	settings: Schema;
	/** A key that is also a setting, under its name, is one by which a make can be known. */
	keys: Readonly<Record<KeyName, Key>>;
	/** Set where it is not known whether a `set` leaves alone what it does not name. */
	mayResetOthers?: true;
	/** As people call a thing; empty where it has no name but its id. */
	nameOf(thing: Thing): string;
	/** The fields with which an output begins, in the order in which people read them. */
	first: readonly string[];
	/** A thing as the API gives it, where it has no id of its own that the kind goes by; without it, as it is. */
	asGiven?(thing: Thing): IDataObject;
	/** What a dry run shows of it. */
	summaryOf(thing: Thing): IDataObject;
	/** What a report says where secrets were written that it cannot show. */
	afterLostSecrets: string;
	requests: {
		/** With it a thing is compared, found by a key, and looked for after a lost reply. */
		list(): ReadRequest<Thing[]>;
		/** Missing where a thing is made in another way, or in none. */
		make?(values: Values): ApiRequest<Thing, 'make'>;
		set(id: string, values: Values): ApiRequest<Thing, 'set'>;
		/** Missing where no way is known. */
		remove?(id: string): ApiRequest<IDataObject, 'remove'>;
	};
}

/** What a kind has whose things can be made. */
export interface Making {
	requests: { make(values: IDataObject): ApiRequest<Thing, 'make'> };
}

/** What a kind has whose things can be taken away. */
export interface Removing {
	requests: { remove(id: string): ApiRequest<IDataObject, 'remove'> };
}

/**
 * What an output has of a thing, in the order in which people read it: what comes first, the other settings, and
 * whatever else there is.
 */
export function inOrder(
	{ asGiven, first, settings }: Pick<Kind, 'asGiven' | 'first' | 'settings'>,
	thing: IDataObject,
): IDataObject {
	const output = asGiven === undefined || typeof thing.id !== 'string' ? thing : asGiven(thing as Thing);
	const known = [...first, ...Object.keys(settings)].filter((name) => Object.hasOwn(output, name));
	return { ...Object.fromEntries(known.map((name) => [name, output[name]])), ...output };
}

/** The values that are no secret. */
export function withoutSecrets({ settings }: Kind, values: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(values).filter(([name]) => settings[name]?.isSecret !== true));
}
