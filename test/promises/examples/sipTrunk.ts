import type { IDataObject } from 'n8n-workflow';

import type { Sandbox, StoredTrunk, TrunkSeed } from '../../../sandbox';
import { trunkBy } from '../../trunks/account';
import { ENTERED_PASSWORD, enteredPassword, type Example, SEEDED_PASSWORD } from '../example';

const ITEMS: Example['items'] = [
	{ row: 0, id: '11111111-1111-4111-8111-111111111111', username: 'CT100001', name: 'Acme', number: '(02) 9123 4567' },
	{ row: 1, id: '22222222-2222-4222-8222-222222222222', username: 'CT100002', name: 'Beta', number: 61398765432 },
	{ row: 2, id: '33333333-3333-4333-8333-333333333333', username: 'CT100003', name: 'Gamma', number: '0412 345 678' },
];

const byId = trunkBy('id', '={{ $json.id }}');
const byUsername = trunkBy('username', '={{ $json.username }}');
const entered = { passwordSource: 'enter', password: ENTERED_PASSWORD };

/** A trunk for each item, and one that no item is about. */
function trunks(seed: TrunkSeed = {}): (account: Sandbox) => void {
	return (account) => {
		account.addTrunk({ username: 'CT100000', description: 'Of nobody', password: SEEDED_PASSWORD });
		for (const { id, username, name } of ITEMS) {
			account.addTrunk({ description: name, password: SEEDED_PASSWORD, ...seed, id, username } as TrunkSeed);
		}
	};
}

function withId({ id }: IDataObject, account: Sandbox): StoredTrunk | undefined {
	return account.trunks().find((trunk) => trunk.id === id);
}

function withName({ name }: IDataObject, account: Sandbox): StoredTrunk | undefined {
	return account.trunks().find(({ description }) => description === name);
}

const about = { items: ITEMS, seed: trunks() };
const aboutNew = { items: ITEMS, seed: trunks({ description: 'Old' }) };
const givesTrunk: Example['gives'] = ({ id }) => [{ id }];

export const sipTrunk: Example[] = [
	{
		operation: 'create',
		parameters: {
			callerIdNumber: '={{ $json.number }}',
			trunkDescription: '={{ $json.name }}',
			additionalFields: { enabled: false },
		},
		...aboutNew,
		bad: { number: 'none' },
		on: 'create',
		effect: 'make',
		gives: (item, account) => [{ description: item.name, enabled: false, password: withName(item, account)?.password }],
		showsPassword: true,
		isDone: (item, account) => withName(item, account)?.enabled === false,
	},
	{
		operation: 'create',
		of: 'with a password that was entered',
		parameters: { callerIdNumber: '={{ $json.number }}', ...entered, trunkDescription: '={{ $json.name }}' },
		...aboutNew,
		bad: { number: '' },
		on: 'create',
		effect: 'make',
		gives: ({ name }) => [{ description: name }],
		isDone: (item, account) => withName(item, account)?.password === enteredPassword(Number(item.row)),
	},
	{
		operation: 'upsert',
		of: 'of new trunks',
		parameters: {
			trunkDescription: '={{ $json.name }}',
			callerIdNumber: '={{ $json.number }}',
			...entered,
			options: { includePassword: true, onlyIfChanged: true },
		},
		...aboutNew,
		bad: { name: '' },
		on: 'create',
		effect: 'make',
		gives: ({ name, row }) => [{ description: name, changed: true, password: enteredPassword(Number(row)) }],
		showsPassword: true,
		isDone: (item, account) => withName(item, account)?.password === enteredPassword(Number(item.row)),
	},
	{
		operation: 'upsert',
		of: 'of trunks that exist',
		parameters: {
			trunkDescription: '={{ $json.name }}',
			callerIdNumber: '={{ $json.number }}',
			additionalFields: { areaCode: 7 },
			options: { updatePassword: true },
		},
		...about,
		bad: { number: 'none' },
		on: 'update',
		effect: 'set',
		gives: (item, account) => [{ id: item.id, area_code: '07', password: withName(item, account)?.password }],
		showsPassword: true,
		isDone: (item, account) => withId(item, account)?.area_code === '07',
	},
	{
		operation: 'update',
		parameters: {
			...byId,
			updateFields: { areaCode: '={{ 2 + $json.row % 2 }}', hideCallerId: true, password: ENTERED_PASSWORD },
		},
		...about,
		bad: { id: 'Acme' },
		on: 'update',
		effect: 'set',
		gives: ({ id, row }) => [{ id, area_code: `0${2 + (Number(row) % 2)}`, hide_caller_id: true }],
		isDone: (item, account) => withId(item, account)?.password === enteredPassword(Number(item.row)),
	},
	{
		operation: 'suspend',
		parameters: { ...byUsername, options: { onlyIfChanged: true } },
		...about,
		bad: { username: 'CT100009' },
		on: 'update',
		effect: 'set',
		gives: ({ id }) => [{ id, enabled: false, changed: true }],
		isDone: (item, account) => withId(item, account)?.enabled === false,
	},
	{
		operation: 'enable',
		parameters: byId,
		items: ITEMS,
		seed: trunks({ enabled: false }),
		bad: { id: '' },
		on: 'update',
		effect: 'set',
		gives: ({ id }) => [{ id, enabled: true }],
		isDone: (item, account) => withId(item, account)?.enabled === true,
	},
	{
		operation: 'rotatePassword',
		parameters: byId,
		...about,
		bad: { id: 'CT100009' },
		on: 'update',
		effect: 'set',
		gives: (item, account) => [{ id: item.id, password: withId(item, account)?.password }],
		showsPassword: true,
		isDone: (item, account) => withId(item, account)?.password !== SEEDED_PASSWORD,
	},
	{
		operation: 'delete',
		of: 'by ID',
		parameters: byId,
		...about,
		bad: { id: 'none' },
		on: 'delete',
		effect: 'remove',
		gives: () => [{ deleted: true }],
		isDone: (item, account) => withId(item, account) === undefined,
	},
	{
		operation: 'delete',
		of: 'by username',
		parameters: byUsername,
		...about,
		bad: { username: 'CT100009' },
		on: 'delete',
		effect: 'remove',
		gives: () => [{ deleted: true }],
		isDone: (item, account) => withId(item, account) === undefined,
	},
	{
		operation: 'get',
		parameters: byUsername,
		...about,
		bad: { username: 'CT100009' },
		on: 'list',
		effect: 'read',
		gives: givesTrunk,
	},
	{
		// Items that give several, no and one output.
		operation: 'getAll',
		parameters: { limit: '={{ $json.limit }}', filters: { description: '={{ $json.wanted }}' } },
		items: [
			{ wanted: 'a', limit: 3 },
			{ wanted: 'zzz', limit: 50 },
			{ wanted: 'beta', limit: 50 },
		],
		seed: trunks(),
		bad: { limit: 'many' },
		on: 'list',
		effect: 'read',
		gives: ({ wanted }, account) =>
			account
				.trunks()
				.filter(({ description }) => description?.toLowerCase().includes(String(wanted)))
				.map(({ id }) => ({ id })),
	},
];
