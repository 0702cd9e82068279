/* Made-up endpoints, one of each effect: what an effect promises holds for whatever resource has it. */
import type { IDataObject } from 'n8n-workflow';

import { type Deleted, readDeleted, readThing, readThings, type Thing } from '../../../nodes/Crazytel/api/body';
import type {
	ApiRequest,
	Effect,
	Endpoint,
	Explanation,
	ReadRequest,
	Refusal,
} from '../../../nodes/Crazytel/api/request';

const PATH = '/api/v1/things/';

/** What a made-up thing can be given, as people call it. */
const LABELS = { name: 'Name', colour: 'Colour', pin: 'PIN' };

function missing({ status, request: { subject } }: Refusal): Explanation {
	return status === 404
		? { happened: `There is no strange thing '${subject}' (404).`, cure: 'Check it.', isGone: true }
		: {};
}

const list: Endpoint<Thing[], 'read'> = {
	name: 'listThings',
	effect: 'read',
	words: { doing: 'reading the list of strange things' },
	read: (body) => readThings(body, ['pin']),
};

const make: Endpoint<Thing, 'make'> = {
	name: 'makeThing',
	effect: 'make',
	words: { doing: 'making the strange thing', afterUnknown: 'It is unknown whether the strange thing exists.' },
	read: (body) => readThing(body, ['pin']),
	labels: LABELS,
};

const set: Endpoint<Thing, 'set'> = {
	name: 'setThing',
	effect: 'set',
	words: { doing: 'changing the strange thing', afterUnknown: 'It is unknown whether the strange thing was changed.' },
	read: (body) => readThing(body, ['pin']),
	explain: missing,
	labels: LABELS,
};

const remove: Endpoint<Deleted, 'remove'> = {
	name: 'removeThing',
	effect: 'remove',
	words: { doing: 'removing the strange thing', afterUnknown: 'It is unknown whether the strange thing is gone.' },
	read: readDeleted,
	explain: missing,
};

const act: Endpoint<IDataObject, 'act'> = {
	name: 'ringBell',
	effect: 'act',
	words: { doing: 'ringing the bell', afterUnknown: 'It is unknown whether the bell was rung.' },
	read: (body) => readThing(body),
	explain: missing,
};

export function listRequest(): ReadRequest<Thing[]> {
	return { endpoint: list, method: 'GET', path: PATH };
}

export function makeRequest(values: IDataObject): ApiRequest<Thing, 'make'> {
	return { endpoint: make, method: 'POST', path: PATH, body: values, secrets: secretsOf(values) };
}

export function setRequest(id: string, values: IDataObject): ApiRequest<Thing, 'set'> {
	return { endpoint: set, method: 'PATCH', ...addressOf(id), body: values, secrets: secretsOf(values) };
}

export function removeRequest(id: string): ApiRequest<Deleted, 'remove'> {
	return { endpoint: remove, method: 'DELETE', ...addressOf(id) };
}

export function actRequest(more: Partial<ApiRequest<IDataObject, 'act'>> = {}): ApiRequest<IDataObject, 'act'> {
	return { endpoint: act, method: 'POST', path: '/api/v1/bell/', body: { times: 3 }, ...more };
}

/** A request of each effect. */
export const requestOf: Record<Effect, ApiRequest<unknown>> = {
	read: listRequest(),
	set: setRequest('a-1', { colour: 'red' }),
	remove: removeRequest('a-1'),
	make: makeRequest({ name: 'Lamp' }),
	act: actRequest(),
};

export const EFFECTS = Object.keys(requestOf) as Effect[];

function addressOf(id: string): { path: string; subject: string } {
	return { path: `${PATH}${encodeURIComponent(id)}`, subject: id };
}

function secretsOf({ pin }: IDataObject): string[] {
	return typeof pin === 'string' ? [pin] : [];
}
