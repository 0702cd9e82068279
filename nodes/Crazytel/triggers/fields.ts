import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { isEmpty } from '../input/empty';
import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';

const number = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());

/** What a number in a field may be. */
interface Range {
	least?: number;
	most?: number;
	/** What it counts, e.g. `hours`. */
	of: string;
	/** For the cure. */
	example: string;
}

/**
 * Reads a number from a field.
 *
 * @throws InvalidInput when it is none, or out of its range
 */
export function readNumber(
	{ displayName, name }: INodeProperties,
	value: unknown,
	{ least = -Infinity, most = Infinity, of, example }: Range,
): number {
	const parsed = isEmpty(value) ? undefined : number.safeParse(value);
	if (parsed?.success === true && parsed.data >= least && parsed.data <= most) return parsed.data;
	const range = least === -Infinity ? '' : most === Infinity ? ` of at least ${least}` : ` from ${least} to ${most}`;
	const is = isEmpty(value) ? 'is empty' : `is ${shown(value)}`;
	throw new InvalidInput([
		{
			field: name,
			message: `${displayName} must be a number of ${of}${range}, and it ${is}.\nGive a number such as ${example}.`,
		},
	]);
}

/**
 * Reads what was chosen of a list of several.
 *
 * @throws InvalidInput when nothing was, or something that is not in it
 */
export function readChoices({ displayName, name, options = [] }: INodeProperties, value: unknown): string[] {
	const entries = options.flatMap((option) => ('value' in option ? [{ ...option, value: String(option.value) }] : []));
	const known = entries.map(({ value: one }) => one);
	const chosen: unknown[] = Array.isArray(value) ? value : isEmpty(value) ? [] : [value];
	const unknown = chosen.find((one) => !known.includes(String(one)));
	if (chosen.length > 0 && unknown === undefined) return known.filter((one) => chosen.includes(one));
	// Nothing comes of the list in the editor, which shows names; something unknown of an expression, which gives values.
	const message =
		chosen.length === 0
			? `is empty, so that nothing would ever come.\nChoose at least one of ${entries.map(({ name: one }) => one).join(', ')}.`
			: `holds ${shown(unknown)}, which is unknown.\nGive at least one of ${known.join(', ')}.`;
	throw new InvalidInput([{ field: name, message: `${displayName} ${message}` }]);
}

/**
 * Reads what was chosen of a list of one.
 *
 * @throws InvalidInput when it is not in the list
 */
export function readChoice(field: INodeProperties, value: unknown): string {
	const known = (field.options ?? []).flatMap((option) => ('value' in option ? [String(option.value)] : []));
	if (typeof value === 'string' && known.includes(value)) return value;
	throw new InvalidInput([
		{ field: field.name, message: `${field.displayName} ${shown(value)} is unknown.\nUse one of ${known.join(', ')}.` },
	]);
}
