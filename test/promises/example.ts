import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Effect } from '../../nodes/Crazytel/api/request';
import type { RequestKind, Sandbox } from '../../sandbox';

/** What the promises need of the server that an example runs against. */
export type Server = Pick<
	Sandbox,
	'url' | 'apiKey' | 'requests' | 'fault' | 'clearFaults' | 'refuse' | 'accept' | 'close'
>;

interface AnyExample<Account extends Server> {
	/** The operation, as the registry calls it. */
	operation: string;
	/** Which of its cases, where it has several, e.g. `of a trunk that exists`. */
	of?: string;
	/** What is entered in the node. Its expressions make three different things of the three items. */
	parameters: INodeParameters;
	items: [IDataObject, IDataObject, IDataObject];
	/** What spoils an item, so that nothing can be planned for it; undefined where the operation has no field. */
	bad: IDataObject | undefined;
	/** The kind of the operation's own requests, as the server calls it. */
	on: RequestKind;
	/** The account as the items find it. */
	seed(account: Account): void;
	/** What each of an item's outputs holds, among other things; a password that is shown is the one in effect. */
	gives(item: IDataObject, account: Account): IDataObject[];
	/** Whether the output shows a password, because it was generated or asked for. */
	showsPassword?: true;
}

/** An operation that only reads. */
interface ReadExample<Account extends Server> extends AnyExample<Account> {
	effect: 'read';
}

/** An operation that writes. */
export interface WriteExample<Account extends Server = Server> extends AnyExample<Account> {
	effect: Exclude<Effect, 'read'>;
	/** Whether the server knows what acts once by a key, so that it may be sent again. */
	hasKey?: true;
	/** Whether what the item asks for is so. It is not in the account as it was seeded. */
	isDone(item: IDataObject, account: Account): boolean;
}

/**
 * One operation, so that every promise can be tried on it. An operation with two ways, as Create or
 * Update, has an example for each.
 */
export type Example<Account extends Server = Sandbox> = ReadExample<Account> | WriteExample<Account>;

/** Of one secret for each item: only the expression's value holds it, so it must turn up nowhere in a run. */
export const ENTERED_PASSWORD = "={{ 'Canary1/+\"&<x>Pass' + $json.row }}";

/** What the expression above comes to. */
export function enteredPassword(row: number): string {
	return `Canary1/+"&<x>Pass${row}`;
}

/** The password of the things that are there at the start, in an account whose answers show passwords. */
export const SEEDED_PASSWORD = 'Canary2/+"&<x>Seeded';
