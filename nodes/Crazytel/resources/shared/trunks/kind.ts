import { text } from '../../../api/body';
import type { Kind, Making, Removing } from '../../../run/kind';
import { withByItself } from '../settings';
import { createRequest, deleteRequest, listRequest, updateRequest } from './endpoints';
import { settings, type TrunkSettings } from './settings';

/** Trunks, as a run knows them. */
export const trunks: Kind<TrunkSettings, 'username' | 'description'> & Making & Removing = {
	name: 'trunk',
	noun: { one: 'trunk', many: 'trunks' },
	settings,
	keys: {
		username: { of: ({ username }) => text(username), ignoresCase: true },
		description: { of: ({ description }) => text(description) },
	},
	first: ['id', 'username', 'password', 'description', 'enabled', 'caller_id_number'],
	nameOf: ({ username }) => text(username),
	summaryOf: ({ id, username, description }) => ({ id, username, description }),
	afterLostSecrets: 'Their passwords are not shown here: set new ones with Rotate Password.',
	requests: { list: listRequest, make: createRequest, set: updateRequest, remove: deleteRequest },
};

/** The settings of a trunk that is made: its description stands by itself in the form. */
export const settingsOfNew = withByItself(settings, 'description');

/** Trunks where they are made: errors name the fields of that form. */
export const newTrunks: typeof trunks = { ...trunks, settings: settingsOfNew };
