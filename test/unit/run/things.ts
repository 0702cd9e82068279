/* A made-up kind, which the tests of `run` work with: whatever kind a run is given, its promises hold. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ApiError, type FailureKind } from '../../../nodes/Crazytel/api/apiError';
import { text, type Thing } from '../../../nodes/Crazytel/api/body';
import type { Client } from '../../../nodes/Crazytel/api/client';
import { clock } from '../../../nodes/Crazytel/api/clock';
import type { ApiRequest, ReadRequest } from '../../../nodes/Crazytel/api/request';
import type { Kind, Making, Removing } from '../../../nodes/Crazytel/run/kind';
import { createKnown, type Known } from '../../../nodes/Crazytel/run/known';
import { nextMoment } from '../../../nodes/Crazytel/run/ledger';
import type { Operation } from '../../../nodes/Crazytel/run/operation';
import type { Performing } from '../../../nodes/Crazytel/run/performing';
import type {
	Act,
	Ask,
	Gather,
	Give,
	Make,
	Obtain,
	Remove,
	SetValues,
	WritePlan,
} from '../../../nodes/Crazytel/run/plan';
import { actRequest, listRequest, makeRequest, removeRequest, setRequest } from '../api/endpoints';

const sameText = (listed: unknown, sent: unknown): boolean => text(listed) === sent;

/** Things that have a name, a colour and a PIN; the list may also show a serial number. */
export const things: Kind<IDataObject, 'name' | 'serial'> & Making & Removing = {
	name: 'thing',
	noun: { one: 'strange thing', many: 'strange things' },
	settings: {
		name: { label: 'Name', parameter: 'thingName', isSame: sameText },
		// Lists may write it in capitals.
		colour: {
			label: 'Colour',
			parameter: 'paint',
			isSame: (listed, sent) => sameText(text(listed).toLowerCase(), sent),
		},
		// Called so that only the kind, and not the name alone, tells that it is a secret.
		pin: { label: 'PIN', parameter: 'pin', isSecret: true, isSame: sameText },
	},
	keys: {
		name: { of: ({ name }) => text(name) },
		serial: { of: ({ serial }) => text(serial), ignoresCase: true },
	},
	nameOf: ({ serial }) => text(serial),
	first: ['id', 'serial', 'pin', 'name'],
	summaryOf: ({ id, name }) => ({ id, name }),
	afterLostSecrets: 'Their PINs are lost.',
	requests: { list: listRequest, make: makeRequest, set: setRequest, remove: removeRequest },
};

/** Another kind, whose things may have the same ids and names. */
export const others: Kind & Making & Removing = {
	...things,
	name: 'other',
	noun: { one: 'other thing', many: 'other things' },
	requests: {
		list: () => ({ ...listRequest(), path: '/others' }),
		make: (values) => ({ ...makeRequest(values), path: '/others' }),
		set: (id, values) => ({ ...setRequest(id, values), path: `/others/${id}` }),
		remove: (id) => ({ ...removeRequest(id), path: `/others/${id}` }),
	},
};

/** The fields of an operation on things. */
export const properties: INodeProperties[] = [
	{ displayName: 'Name', name: 'thingName', type: 'string', default: '' },
	{ displayName: 'PIN', name: 'pin', type: 'string', typeOptions: { password: true }, default: '' },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		default: {},
		options: [{ displayName: 'Colour Name or ID', name: 'paint', type: 'string', default: '' }],
	},
];

export const operation: Operation = {
	value: 'anything',
	name: 'Anything',
	action: 'Do anything',
	description: 'Does anything',
	properties,
	prepare: async () => ({ do: 'give', found: [] }),
};

export const giving = (...found: IDataObject[]): Give => ({ do: 'give', found });

export const asking = (request: ReadRequest<IDataObject | IDataObject[]> = listRequest()): Ask => ({
	do: 'ask',
	request,
});

export const gathering = (read: Gather['read'], name = 'what is asked for'): Gather => ({ do: 'gather', name, read });

export const making = (values: IDataObject = { name: 'Lamp', pin: 'Secret1Pin' }, more: Partial<Make> = {}): Make => ({
	do: 'make',
	kind: things,
	values,
	before: undefined,
	isDryRun: false,
	...more,
});

/** A lamp that is won: its id is known before. */
export const obtaining = (more: Partial<Obtain> = {}): Obtain => ({
	do: 'obtain',
	kind: things,
	id: 'lamp',
	values: { colour: 'red' },
	request: makeRequest({ name: 'Lamp', colour: 'red' }),
	before: { ids: new Set(), moment: nextMoment() },
	field: 'lamp',
	done: 'won',
	mark: 'wasThere',
	isDryRun: false,
	...more,
});

export const setting = (
	id: string,
	values: IDataObject = { colour: 'red' },
	more: Partial<SetValues> = {},
): SetValues => ({
	do: 'set',
	kind: things,
	id,
	values,
	onlyDifferences: false,
	isDryRun: false,
	...more,
});

/** A make of a thing that is known by its name: one that was made meanwhile is painted instead. */
export const makingNamed = (name: string, values: IDataObject = {}, more: Partial<Make> = {}): Make =>
	making(
		{ name, colour: 'red', pin: 'Secret1Pin', ...values },
		{
			known: {
				...named(name),
				idIn: (all) => all.by('name', name)[0]?.id,
				instead: (id) => setting(id, { colour: 'red' }, { onlyDifferences: true, known: named(name) }),
			},
			...more,
		},
	);

export const removing = (id: string, more: Partial<Remove> = {}): Remove => ({
	do: 'remove',
	kind: things,
	id,
	isDryRun: false,
	...more,
});

export const acting = (request: Partial<ApiRequest<IDataObject, 'act'>> = {}, more: Partial<Act> = {}): Act => ({
	do: 'act',
	request: actRequest(request),
	name: 'the bell',
	isDryRun: false,
	...more,
});

export const named = (value: string) => ({ key: 'name', value });

export const failed = (kind: FailureKind, words = 'It failed.', fields: string[] = []): ApiError =>
	new ApiError(words, 'Look.', kind, { httpCode: '400', fields });

/** The end of a request that may have acted. */
export const lost = new ApiError('The reply was lost.', 'Look.', 'uncertain', { httpCode: '500' });

let accounts = 0;

/** What a run knows that has read this list, or none. */
export async function knownOf(list?: Thing[], kind: Kind = things): Promise<Known> {
	const known = createKnown({ send: (async () => list) as never, accountId: `account that is known ${++accounts}` });
	if (list !== undefined) await known.of(kind);
	return known;
}

/** What was asked of the server, in its order. */
export interface Sent {
	request: ApiRequest<unknown>;
	earlier: ApiError | undefined;
}

/**
 * What the performing of an item has, in an account of its own.
 *
 * @param replies what is answered, in this order; an error is thrown. After them each request is lost.
 */
export function performingWith(
	replies: unknown[],
	known: Known,
	more: Partial<Omit<Performing, 'client'>> & { client?: Partial<Client> } = {},
): {
	performing: Performing;
	sent: Sent[];
	hints: string[];
	doubts: Array<{ error: ApiError; plan: WritePlan }>;
	done: unknown[];
} {
	const sent: Sent[] = [];
	const hints: string[] = [];
	const doubts: Array<{ error: ApiError; plan: WritePlan }> = [];
	const done: unknown[] = [];
	const client = {
		accountId: `account of things ${++accounts}`,
		signal: undefined,
		async send(request: ApiRequest<unknown>, earlier?: ApiError) {
			sent.push({ request, earlier });
			const reply = sent.length > replies.length ? lost : replies[sent.length - 1];
			if (reply instanceof Error) throw reply;
			return reply;
		},
		countAsDone: (request: unknown) => void done.push(request),
		...more.client,
	} as unknown as Client;
	const performing: Performing = {
		known,
		doubt: undefined,
		rememberDoubt: (error, plan) => void doubts.push({ error, plan }),
		hint: (message) => void hints.push(message),
		...more,
		client,
	};
	return { performing, sent, hints, doubts, done };
}

/** Waits take no time in the tests of a file. @returns how long each was, in milliseconds, of the test that runs */
export function notedWaits(): { readonly all: number[] } {
	const real = { ...clock };
	const waits = { all: [] as number[] };
	beforeEach(() => {
		waits.all = [];
		Object.assign(clock, { wait: async (ms: number) => void waits.all.push(ms) });
	});
	afterAll(() => void Object.assign(clock, real));
	return waits;
}
