import type { IDataObject } from 'n8n-workflow';

import { type Deleted, readDeleted, readThing, readThings, type Thing } from '../../../api/body';
import type { ApiRequest, Endpoint, Explanation, ReadRequest, Refusal } from '../../../api/request';
import { shownId } from '../../../input/shown';
import { idProblem, TRUNK_ID } from './locator';
import { settings, type TrunkSettings } from './settings';

/** A trunk as the API gives it; only the id is certain (docs/crazytel-api.md#sip-trunk). */
export type Trunk = Thing;

const PATH = '/api/v1/sip-trunks/';

/** Whether the API shows passwords is unknown, so they are dropped wherever a trunk is read. */
const HIDDEN = Object.keys(settings).filter((name) => isSecret(name));

const LABELS = Object.fromEntries(Object.entries(settings).map(([name, { label }]) => [name, label]));

/** What a write answers with; an id that can be none of a trunk is another thing's. */
function readTrunk(body: unknown): Trunk | undefined {
	const trunk = readThing(body, HIDDEN);
	return trunk !== undefined && TRUNK_ID.test(trunk.id) ? trunk : undefined;
}

const listTrunks: Endpoint<Trunk[], 'read'> = {
	name: 'listTrunks',
	effect: 'read',
	words: { doing: 'reading the list of trunks' },
	isList: true,
	read: (body) => readThings(body, HIDDEN),
	explain: ({ status }) =>
		status === 404 || status === 405
			? {
					cure: "Give the trunk's ID instead of choosing it: this account may have no list. Or check the Base URL in the credential: it is https://crazytel.io.",
				}
			: {},
};

const createTrunk: Endpoint<Trunk, 'make'> = {
	name: 'createTrunk',
	effect: 'make',
	words: {
		doing: 'creating the trunk',
		afterUnknown:
			'It is unknown whether the trunk exists.\nLook for it in the Crazytel portal before you run this again, or a second one may be made.',
	},
	read: readTrunk,
	explain: explainSettings,
	labels: LABELS,
};

const updateTrunk: Endpoint<Trunk, 'set'> = {
	name: 'updateTrunk',
	effect: 'set',
	words: {
		doing: 'changing the trunk',
		afterUnknown: 'It is unknown whether the change was made.\nRunning it again is safe: it sets the same values.',
	},
	read: readTrunk,
	explain: (refusal) => explainMissing(refusal) ?? explainSettings(refusal),
	labels: LABELS,
};

const setPassword: Endpoint<Trunk, 'set'> = {
	...updateTrunk,
	name: 'setPassword',
	words: {
		doing: 'setting the password',
		afterUnknown:
			'It is unknown whether the trunk has its new password.\nRun this again: it sets a password once more, and shows that one if it was generated.',
	},
};

const deleteTrunk: Endpoint<Deleted, 'remove'> = {
	name: 'deleteTrunk',
	effect: 'remove',
	words: {
		doing: 'deleting the trunk',
		afterUnknown:
			'It is unknown whether the trunk is gone.\nRunning it again is safe: of a trunk that is gone it says so.',
	},
	read: readDeleted,
	explain: ({ status, request }) =>
		status === 404
			? {
					happened: `Trunk ${nameOf(request)} is already gone (404), or Crazytel has no way to delete trunks.`,
					cure: 'Look for it in the Crazytel portal: that trunks can be deleted is not in the public documentation. If every trunk is gone, check the Base URL in the credential.',
					isGone: true,
				}
			: {},
};

/** All trunks of the account (docs/crazytel-api.md#endpoints). */
export function listRequest(): ReadRequest<Trunk[]> {
	return { endpoint: listTrunks, method: 'GET', path: PATH };
}

/** Creates a trunk: the body needs a password and a caller ID (docs/crazytel-api.md#sip-trunk). */
export function createRequest(values: TrunkSettings): ApiRequest<Trunk, 'make'> {
	return { endpoint: createTrunk, method: 'POST', path: PATH, body: values, secrets: secretsOf(values) };
}

/** Changes what the body names and nothing else (docs/crazytel-api.md#sip-trunk). */
export function updateRequest(id: string, values: TrunkSettings): ApiRequest<Trunk, 'set'> {
	return { endpoint: updateTrunk, method: 'PATCH', ...addressOf(id), body: values, secrets: secretsOf(values) };
}

/** An update of the password alone, in words of its own (docs/crazytel-api.md#sip-trunk). */
export function passwordRequest(id: string, values: TrunkSettings): ApiRequest<Trunk, 'set'> {
	return { ...updateRequest(id, values), endpoint: setPassword };
}

/** Deletes a trunk; the answer may have no body (docs/crazytel-api.md#endpoints). */
export function deleteRequest(id: string): ApiRequest<Deleted, 'remove'> {
	return { endpoint: deleteTrunk, method: 'DELETE', ...addressOf(id) };
}

/** The only address with an id in it. A dry run may show one that is not there yet. */
function addressOf(id: string): { path: string; subject: string; unsendable: string | undefined } {
	return { path: `${PATH}${encodeURIComponent(id)}`, subject: id, unsendable: idProblem(id) };
}

function secretsOf(values: IDataObject): string[] {
	return HIDDEN.flatMap((name) => (typeof values[name] === 'string' ? [values[name]] : []));
}

function isSecret(name: string): boolean {
	return settings[name as keyof typeof settings].isSecret === true;
}

function nameOf({ subject = '', called }: Refusal['request']): string {
	return shownId(subject, called);
}

function explainMissing({ status, request }: Refusal): Explanation | undefined {
	if (status !== 404) return undefined;
	return {
		happened: `Trunk ${nameOf(request)} does not exist in this account (404).`,
		cure: 'Check its ID, or choose it again; it may have been deleted. If every trunk is missing, check the Base URL in the credential.',
		isGone: true,
	};
}

/** What a refusal is about where the server does not say it: of a 400 the numbers, of a 422 the password. */
function explainSettings({ status, fields, request: { body = {} } }: Refusal): Explanation {
	if (fields.length > 0) return {};
	const numbers = Object.entries(settings).filter(
		([name, { mayUse }]) => mayUse !== undefined && body[name] !== undefined,
	);
	if (status === 400 && numbers.length > 0) {
		return {
			happened: `Crazytel refuses the ${numbers.map(([, { label }]) => label).join(' or the ')} (400).`,
			cure: 'Choose a verified number from the list, or verify this one in the Crazytel portal first.',
			fields: numbers.map(([name]) => name),
		};
	}
	if (status === 422 && body.password !== undefined) {
		return { happened: 'Crazytel refuses the settings, in most cases the Password (422).' };
	}
	return {};
}
