import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../run/item';

const CHECK_NUMBERS = { displayName: 'Check Numbers', name: 'checkNumbers' } as const;

/**
 * The one option that is on unless it is added and switched off.
 *
 * @param compared what is compared, and before what, e.g. `the sender`, `sent`
 */
export function checkNumbersOption(compared: string, done: 'sent' | 'written'): INodeProperties {
	return {
		...CHECK_NUMBERS,
		type: 'boolean',
		default: true,
		description: `Whether to compare ${compared} with the verified numbers of the account before anything is ${done}, at the cost of one request a run; on unless it is added and switched off`,
	};
}

export function checksNumbers(item: Item): boolean {
	return item.option(CHECK_NUMBERS, true);
}
