import { z } from 'zod';

import { flag } from './flag';
import { InvalidInput } from './invalidInput';
import { type PhoneNumber, phoneNumber } from './phoneNumber';
import { shown } from './shown';
import { isEmpty } from './trunkSettings';

/** What trunks are looked for; every one that is there must fit. */
export interface TrunkFilters {
	callerIdNumber?: PhoneNumber;
	/** A part of it, whatever the case. */
	description?: string;
	enabled?: boolean;
	smsSender?: PhoneNumber;
	/** A part of it, whatever the case. */
	username?: string;
}

export type TrunkFilter = keyof TrunkFilters;

/** The filters as the editor shows them. */
const FILTER_NAMES: Record<TrunkFilter, string> = {
	callerIdNumber: 'Caller ID',
	description: 'Description',
	enabled: 'Enabled',
	smsSender: 'SMS Sender',
	username: 'Username',
};

const part = z.any().transform((value, context): string => {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	context.addIssue({ code: 'custom', message: `must be text, and it is ${shown(value)}.` });
	return '';
});

const filters = z.object({
	callerIdNumber: phoneNumber.optional(),
	description: part.optional(),
	enabled: flag.optional(),
	smsSender: phoneNumber.optional(),
	username: part.optional(),
});

/**
 * Reads filters. An empty one is refused: an expression that found nothing would otherwise let
 * every trunk through, to a node that may suspend them all.
 *
 * @throws InvalidInput with every problem
 */
export function readTrunkFilters(input: Partial<Record<TrunkFilter, unknown>>): TrunkFilters {
	const names = (Object.keys(FILTER_NAMES) as TrunkFilter[]).filter((name) => Object.hasOwn(input, name));
	const empty = names.filter((name) => isEmpty(input[name]));
	const filled = names.filter((name) => !empty.includes(name));
	const parsed = filters.safeParse(Object.fromEntries(filled.map((name) => [name, input[name]])));
	const problems = new Map<string, string>(
		empty.map((name) => [
			name,
			'is empty. Fill it in, or remove the filter. An expression may have found nothing in this item.',
		]),
	);
	for (const { path, message } of parsed.error?.issues ?? []) problems.set(String(path[0]), message);
	if (problems.size === 0 && parsed.success) return parsed.data;
	throw new InvalidInput(
		names
			.filter((name) => problems.has(name))
			.map((name) => ({ field: name, message: `${FILTER_NAMES[name]} ${problems.get(name)}` })),
	);
}

/**
 * Reads how many results are wanted.
 *
 * @throws InvalidInput when it is not a whole number of at least 1
 */
export function readLimit(value: unknown): number {
	const limit = typeof value === 'string' && !isEmpty(value) ? Number(value) : value;
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw new InvalidInput([
		{ field: 'limit', message: `Limit must be a whole number of at least 1, and it is ${shown(value)}.` },
	]);
}
