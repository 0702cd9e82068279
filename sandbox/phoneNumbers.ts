import { z } from 'zod';
import type { Account } from './account';
import { emptyAnswer, errorAnswer, jsonAnswer, validationAnswer, type Answer } from './answers';
import { balanceOf } from './balance';
import type { NumberKind } from './numberPlaces';
import type { Numbers, Registered, StoredNumber } from './numbers';
import { pageOf } from './pages';
import { checkJson } from './rules';
import type { Switches } from './switches';

/** What is looked at of a request. */
interface AdmittedRequest {
	path: string;
	url: string;
	query: URLSearchParams;
	rawBody: string;
	contentType: string | undefined;
}

const uuid = z.string().uuid('Input should be a valid UUID');

const purchaseBody = z
	.object({
		did_number: z.string(),
		address_id: uuid,
		person_id: uuid,
		primary_route: z.string().min(1),
		primary_destination: z.string().optional(),
		description: z.string().optional(),
	})
	.strict();

const updateBody = z
	.object({
		did_number: z.string(),
		description: z.string().optional(),
		primary_route: z.string().optional(),
		primary_destination: z.string().optional(),
		primary_timeout: z.number().int().optional(),
		backup_route: z.string().optional(),
		backup_destination: z.string().optional(),
	})
	.strict();

/** What an update that is not partial leaves of the fields that its body does not name. */
const RESET: Partial<StoredNumber> = {
	description: null,
	primary_route: 'congestion',
	primary_destination: null,
	primary_timeout: null,
	backup_route: null,
	backup_destination: null,
};

/** How far the sample has come that each search takes from. */
const turns = new WeakMap<Numbers, number>();

function listAnswer(list: object[], key: string, { query, url }: AdmittedRequest, switches: Switches): Answer {
	if (switches.pageSize > 0) return pageOf(list, key, switches, query, url);
	return jsonAnswer(200, switches.numberListShape === 'bare' ? list : { [key]: list });
}

/** With the number under the key that the switches ask for. */
function keyed<Entry extends { did_number: string }>(
	{ did_number: number, ...rest }: Entry,
	{ numberKey }: Switches,
): object {
	return { [numberKey]: number, ...rest };
}

function showOwned(number: StoredNumber, switches: Switches): object {
	const id = `00000000-0000-4000-8000-${number.did_number.padStart(12, '0').slice(-12)}`;
	return { ...(switches.numberIds && { id }), ...keyed(number, switches) };
}

function searchAvailable(numbers: Numbers, request: AdmittedRequest, switches: Switches): Answer {
	const wanted = ['country', 'state', 'city', 'number_type'] as const;
	const found = numbers
		.available()
		.filter((number) => wanted.every((name) => (request.query.get(name) ?? number[name]) === number[name]));
	const turn = turns.get(numbers) ?? 0;
	turns.set(numbers, turn + 1);
	const { availableSample: size } = switches;
	const start = size === 0 || found.length === 0 ? 0 : (turn * size) % found.length;
	const sample = size === 0 ? found : [...found, ...found].slice(start, start + Math.min(size, found.length));
	return listAnswer(
		sample.map((number) => keyed(number, switches)),
		'numbers',
		request,
		switches,
	);
}

function purchase(account: Account, request: AdmittedRequest, switches: Switches): Answer {
	const checked = checkJson(purchaseBody, request.rawBody, request.contentType);
	if ('issues' in checked) return validationAnswer(checked.issues, switches);
	const { numbers } = account;
	const { did_number: number, address_id: address, person_id: person, ...settings } = checked.value;
	const isListed = (list: readonly Registered[], id: string) => list.some((one) => one.id === id);
	if (!isListed(numbers.addresses, address) || !isListed(numbers.owners, person)) {
		return errorAnswer(400, 'Invalid parameters', switches);
	}
	const isOffered = ({ did_number: one }: { did_number: string }) => one === number;
	const offered =
		numbers.available().find(isOffered) ?? (switches.sellsTwice ? numbers.sold().find(isOffered) : undefined);
	if (offered === undefined) return errorAnswer(404, 'DID number not available', switches);
	const cost = offered.setup_cost + offered.monthly_cost;
	if (cost > balanceOf(account, switches)) return errorAnswer(400, 'Insufficient funds', switches);
	numbers.buy(offered, settings);
	account.charge(cost);
	return jsonAnswer(200, { message: 'DID number successfully purchased' });
}

function listOwned(numbers: Numbers, request: AdmittedRequest, switches: Switches): Answer {
	const owned = numbers.ownedBefore(switches.ownedListLagMs).map((number) => showOwned(number, switches));
	return listAnswer(owned, 'phone_numbers', request, switches);
}

function updateNumber(numbers: Numbers, request: AdmittedRequest, switches: Switches): Answer {
	const checked = checkJson(updateBody, request.rawBody, request.contentType);
	if ('issues' in checked) return validationAnswer(checked.issues, switches);
	const { did_number: number, ...settings } = checked.value;
	const taken = Object.fromEntries(
		Object.entries(settings).filter(([name]) => !switches.ignoredSettings.includes(name)),
	);
	const updated = numbers.update(number, { ...(!switches.partialNumberUpdate && RESET), ...taken });
	if (updated === undefined) return errorAnswer(404, 'DID number not found', switches);
	switch (switches.numberUpdateAnswer) {
		case 'number':
			return jsonAnswer(200, showOwned(updated, switches));
		case 'message':
			return jsonAnswer(200, { message: 'DID number successfully updated' });
		case 200:
		case 204:
			return emptyAnswer(switches.numberUpdateAnswer);
	}
}

function people(list: readonly Registered[], name: string, { peopleShape }: Switches): Answer {
	if (peopleShape === 'bare') return jsonAnswer(200, list);
	return jsonAnswer(200, { [peopleShape === 'named' ? name : 'results']: list });
}

/** What a number can be routed to. In what form that is told is not documented, and this one is the sandbox's own. */
function destinations(account: Account): object[] {
	return account.trunks().map(({ username, description }) => ({ route: 'device', destination: username, description }));
}

/** Lets a request about phone numbers take effect. @returns the answer when nothing goes wrong on the way */
export function performOnNumbers(
	account: Account,
	kind: NumberKind,
	request: AdmittedRequest,
	switches: Switches,
): Answer {
	const { numbers } = account;
	switch (kind) {
		case 'availableNumbers':
			return searchAvailable(numbers, request, switches);
		case 'purchase':
			return purchase(account, request, switches);
		case 'ownedNumbers':
			return listOwned(numbers, request, switches);
		case 'updateNumber':
			return updateNumber(numbers, request, switches);
		case 'addresses':
			return people(numbers.addresses, 'addresses', switches);
		case 'owners':
			return people(numbers.owners, 'owners', switches);
		case 'destinations':
			return jsonAnswer(200, destinations(account));
	}
}
