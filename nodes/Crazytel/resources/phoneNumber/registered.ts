import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { isRecord, readList, text } from '../../api/body';
import type { Endpoint, ReadRequest } from '../../api/request';
import { explained, fetchList } from '../shared/fetchList';
import { hasNoCredential, loadsAgainAfter, unloadedEntry } from '../shared/firstAdd';

/**
 * An address or an owner that a number is registered to: by its id, with what tells it from others. That is personal,
 * so it is shown in the dropdown, and goes nowhere else.
 */
interface Registered {
	id: string;
	name: string;
}

/** What the API documents of the id of an address and of a person (docs/crazytel-api.md#phone-numbers). */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const UNLOADED_ADDRESSES = 'Load the addresses of the account, then choose one';
const UNLOADED_OWNERS = 'Load the owners of the account, then choose one';

/** Has the dropdowns loaded again in a node that was just added. */
export const loadsAddresses = loadsAgainAfter('addressId', UNLOADED_ADDRESSES);
export const loadsOwners = loadsAgainAfter('ownerId', UNLOADED_OWNERS);

const ADDRESS_NAMES = [
	'label',
	'name',
	'unit',
	'address',
	'street_number',
	'street',
	'street_address',
	'address_line_1',
	'address1',
	'suburb',
	'city',
	'state',
	'postcode',
];
const OWNER_NAMES = ['name', 'company', 'company_name', 'business_name', 'first_name', 'last_name'];

/** How they are called is not documented (docs/crazytel-api.md#phone-numbers); one without an id cannot be chosen. */
function reader(ids: string[], names: string[]): (body: unknown) => Registered[] | undefined {
	return (body) =>
		readList(body)?.flatMap((entry) => {
			const fields = isRecord(entry) ? entry : {};
			const found = ids.map((key) => text(fields[key])).filter((value) => value !== '');
			const id = found.find((value) => UUID.test(value)) ?? found[0];
			const name = names
				.map((key) => text(fields[key]))
				.filter((part) => part !== '')
				.join(' ');
			return id === undefined ? [] : [{ id, name: name === '' ? id : name }];
		});
}

const listAddresses: Endpoint<Registered[], 'read'> = {
	name: 'listAddresses',
	effect: 'read',
	words: { doing: 'reading the addresses' },
	isList: true,
	read: reader(['id', 'uuid', 'address_id'], ADDRESS_NAMES),
};

const listOwners: Endpoint<Registered[], 'read'> = {
	name: 'listOwners',
	effect: 'read',
	words: { doing: 'reading the owners' },
	isList: true,
	read: reader(['id', 'uuid', 'person_id', 'owner_id'], OWNER_NAMES),
};

const addresses: ReadRequest<Registered[]> = {
	endpoint: listAddresses,
	method: 'GET',
	path: '/api/v1/phone-numbers/addresses/',
};

const owners: ReadRequest<Registered[]> = {
	endpoint: listOwners,
	method: 'GET',
	path: '/api/v1/phone-numbers/owners/',
};

/** Fills the dropdown of addresses. */
export async function getAddresses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	if (hasNoCredential(this)) return unloadedEntry(UNLOADED_ADDRESSES);
	return await choices(this, addresses, 'address');
}

/** Fills the dropdown of owners. */
export async function getOwners(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	if (hasNoCredential(this)) return unloadedEntry(UNLOADED_OWNERS);
	return await choices(this, owners, 'owner');
}

async function choices(
	context: ILoadOptionsFunctions,
	request: ReadRequest<Registered[]>,
	noun: string,
): Promise<INodePropertyOptions[]> {
	const all = await fetchList(context, request);
	if (all.length === 0)
		throw explained(
			context,
			`This account has no ${noun} for numbers. Add one in the Crazytel portal, then load the list again.`,
		);
	return all.map(({ id, name }) => ({ name, value: id })).sort((a, b) => a.name.localeCompare(b.name));
}
