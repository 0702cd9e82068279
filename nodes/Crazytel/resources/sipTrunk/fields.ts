import type { INodeProperties } from 'n8n-workflow';

import { TRUNK_ID } from '../../validation/trunkId';

/** The trunk to work on. */
export const trunk: INodeProperties = {
	displayName: 'Trunk',
	name: 'trunk',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The SIP trunk to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a trunk...',
			typeOptions: { searchListMethod: 'searchTrunks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: `^\\s*${TRUNK_ID.source.slice(1, -1).replace(/a-f/g, 'a-fA-F')}\\s*$`,
						errorMessage:
							'Trunk must be an ID such as 3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f; choose it from the list if you only know its name',
					},
				},
			],
		},
		{
			displayName: 'By Username',
			name: 'username',
			type: 'string',
			placeholder: 'e.g. CT123456',
		},
	],
};

export const callerIdNumber: INodeProperties = {
	displayName: 'Caller ID Name or ID',
	name: 'callerIdNumber',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getVerifiedNumbers' },
	// The editor would mark '(02) 9123 4567' from an expression as unsupported, as it is not in the list like that.
	allowArbitraryValues: true,
	default: '',
	description:
		'The verified number that outbound calls show. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const passwordSource: INodeProperties = {
	displayName: 'Password Source',
	name: 'passwordSource',
	type: 'options',
	options: [
		{
			name: 'Generate',
			value: 'generate',
			description: 'Let the node make a strong password and show it in the output, once',
		},
		{
			name: 'Enter',
			value: 'enter',
			description: 'Use a password of your own',
		},
	],
	default: 'generate',
	description: 'Where the password comes from that devices register with',
};

export const password: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'The password that devices register with: at least 8 characters with an upper-case letter, a lower-case letter and a digit',
};

/** The optional settings that a new trunk and an update share, in alphabetical order. */
export const areaCode: INodeProperties = {
	displayName: 'Area Code',
	name: 'areaCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 02',
	description: 'The area that calls are routed from: 02, 03, 07 or 08',
};

export const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Sales team',
	description: 'A name for the trunk, such as the customer or the team that uses it',
};

export const enabled: INodeProperties = {
	displayName: 'Enabled',
	name: 'enabled',
	type: 'boolean',
	default: true,
	description: 'Whether the trunk can be used, as opposed to being suspended',
};

export const hideCallerId: INodeProperties = {
	displayName: 'Hide Caller ID',
	name: 'hideCallerId',
	type: 'boolean',
	default: false,
	description: 'Whether outbound calls show as a private number, with which international calls may fail',
};

export const smsSender: INodeProperties = {
	displayName: 'SMS Sender Name or ID',
	name: 'smsSender',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getSmsSenders' },
	allowArbitraryValues: true,
	default: '',
	description:
		'The verified mobile number that messages from the CrazyPhone app come from. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const softphoneShowBalance: INodeProperties = {
	displayName: 'Softphone Show Balance',
	name: 'softphoneShowBalance',
	type: 'boolean',
	default: true,
	description: 'Whether the CrazyPhone app shows the account balance',
};

export const softphoneSyncSms: INodeProperties = {
	displayName: 'Softphone Sync SMS',
	name: 'softphoneSyncSms',
	type: 'boolean',
	default: false,
	description: 'Whether CrazyPhone apps that share an SMS sender show the same messages',
};

/** The settings of a new trunk that may be left out. */
export function additionalFields(withDescription: boolean): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			areaCode,
			...(withDescription ? [description] : []),
			enabled,
			hideCallerId,
			smsSender,
			softphoneShowBalance,
			softphoneSyncSms,
		],
	};
}

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const checkNumbers: INodeProperties = {
	displayName: 'Check Numbers',
	name: 'checkNumbers',
	type: 'boolean',
	default: true,
	description:
		'Whether to compare the caller ID and the SMS sender with the verified numbers of the account before anything is written, at the cost of one request a run',
};

export const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to check everything and show what would be sent, without writing anything',
};

export const ignoreEmpty: INodeProperties = {
	displayName: 'Ignore Empty',
	name: 'ignoreEmpty',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out fields that are empty in an item, such as the holes in a table, instead of refusing the item',
};

export const includePassword: INodeProperties = {
	displayName: 'Include Password',
	name: 'includePassword',
	type: 'boolean',
	default: false,
	description:
		'Whether the output holds the password that was entered; a generated one is always there, because it would be lost otherwise',
};

export const onlyIfChanged: INodeProperties = {
	displayName: 'Only If Changed',
	name: 'onlyIfChanged',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave a trunk alone that is as asked for already, at the cost of one request a run; the output says what was changed',
};

export const updatePassword: INodeProperties = {
	displayName: 'Update Password',
	name: 'updatePassword',
	type: 'boolean',
	default: false,
	description:
		'Whether a trunk that exists gets the password too, each time this runs; its devices drop off until they are given it',
};

/** @param inside in alphabetical order */
export function options(...inside: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: inside,
	};
}
