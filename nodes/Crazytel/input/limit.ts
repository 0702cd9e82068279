import { isEmpty } from './empty';
import { InvalidInput } from './invalidInput';
import { shown } from './shown';

/**
 * Reads how many results are wanted.
 *
 * @throws InvalidInput when it is not a whole number of at least 1
 */
export function readLimit(value: unknown): number {
	const limit = typeof value === 'string' && !isEmpty(value) ? Number(value) : value;
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw new InvalidInput([
		{
			field: 'limit',
			message: `Limit must be a whole number of at least 1, and it is ${shown(value)}.\nGive a number such as 50, or switch on Return All.`,
		},
	]);
}
