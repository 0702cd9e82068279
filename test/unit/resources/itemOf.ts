import type { IExecuteFunctions } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import type { Thing } from '../../../nodes/Crazytel/api/body';
import type { Client } from '../../../nodes/Crazytel/api/client';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { createItem, type Item } from '../../../nodes/Crazytel/run/item';
import { createKnown, type Known } from '../../../nodes/Crazytel/run/known';

/** What the account has, or why a list of it cannot be read. */
interface Account {
	trunks?: Thing[] | ApiError;
	numbers?: Thing[];
	verified?: string[] | ApiError;
}

let accounts = 0;

/**
 * An item whose parameters n8n has resolved to these, in a run on that account; `asked` are the lists it has asked for,
 * `hints` those of the run.
 *
 * @param raw the parameters as they stand in the node, where expressions stand in it
 */
export function itemOf(
	parameters: Record<string, unknown>,
	{ trunks = [], numbers = [], verified = ['61291234567', '61412345678'] }: Account = {},
	raw: Record<string, unknown> = parameters,
): { item: Item; known: Known; asked: string[]; hints: ReadonlySet<string> } {
	const lists: Record<string, unknown[] | ApiError> = {
		listTrunks: trunks,
		listNumbers: numbers,
		listVerifiedNumbers: verified instanceof ApiError ? verified : verified.map((number) => ({ number })),
	};
	const asked: string[] = [];
	const send = async ({ endpoint: { name } }: ApiRequest<unknown>) => {
		asked.push(name);
		const list = lists[name];
		if (list instanceof ApiError) throw list;
		return list;
	};
	const context = {
		getNodeParameter: (name: string, _index: number, unset: unknown) =>
			Object.hasOwn(parameters, name) ? parameters[name] : unset,
		getNode: () => ({ parameters: raw }),
	};
	const known = createKnown({ send, accountId: `account of an item ${++accounts}` } as Pick<
		Client,
		'send' | 'accountId'
	>);
	const hints = new Set<string>();
	const item = createItem(context as unknown as IExecuteFunctions, 0, { known, hints });
	return { item, known, asked, hints };
}
