import type { INodeProperties } from 'n8n-workflow';

/** The trunk to work on. */
export const trunk: INodeProperties = {
	displayName: 'Trunk',
	name: 'trunk',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The SIP trunk to work on: from the list, by its ID, or by its username such as CT123456',
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
			// No validation: what is dropped on the field comes here, also a username.
			placeholder: 'e.g. 3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f or CT123456',
		},
		{
			// The editor shows as much of it as of From List.
			displayName: 'By User',
			name: 'username',
			type: 'string',
			placeholder: 'e.g. CT123456',
		},
	],
};
