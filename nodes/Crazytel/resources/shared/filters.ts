import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

import { text, type Thing } from '../../api/body';
import { isEmpty } from '../../input/empty';
import { type InputProblem, InvalidInput } from '../../input/invalidInput';
import type { CollectionView } from '../../run/collection';

/** One condition of a Get Many, declared once. */
export interface Filter {
	field: INodeProperties;
	/** How messages call it. */
	label: string;
	/** The API's name of what it looks at. */
	of: string;
	reads: z.ZodType<unknown, z.ZodTypeDef, unknown>;
	fits(listed: unknown, wanted: unknown): boolean;
}

/** The collection of some filters. @param filters in alphabetical order */
export function filtersField(filters: Filter[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: filters.map(({ field }) => field),
	};
}

/** What a text filter wants: a part, whatever the case. */
export function contains(listed: unknown, part: unknown): boolean {
	return text(listed).toLowerCase().includes(String(part).toLowerCase());
}

/** What must be true of a thing, and which filter says so. */
export type Wanted = Array<{ filter: Filter; value: unknown }>;

/**
 * Reads filters. An empty one is refused: an expression that found nothing would otherwise let
 * everything through, to a node that may change it all.
 *
 * @throws InvalidInput with every problem
 */
export function readFilters(filters: Filter[], given: Record<string, unknown>): Wanted {
	const problems: InputProblem[] = [];
	const wanted: Wanted = [];
	for (const filter of filters) {
		const { label, field, reads } = filter;
		if (!Object.hasOwn(given, field.name)) continue;
		const parsed = reads.safeParse(given[field.name]);
		if (isEmpty(given[field.name])) {
			const message = `${label} is empty.\nFill it in, or remove the filter. An expression may have found nothing in this item.`;
			problems.push({ field: field.name, message });
		} else if (!parsed.success) {
			problems.push({ field: field.name, message: `${label} ${parsed.error.issues[0]?.message ?? 'cannot be used.'}` });
		} else {
			wanted.push({ filter, value: parsed.data });
		}
	}
	if (problems.length > 0) throw new InvalidInput(problems);
	return wanted;
}

/**
 * The things that every filter lets through.
 *
 * @throws InvalidInput when the list never shows what a filter looks at: nothing would fit, as if there were none
 */
export function filtered(collection: CollectionView, noun: string, wanted: Wanted, limit: number): Thing[] {
	for (const { filter } of wanted) {
		if (collection.shows(filter.of)) continue;
		const message = `The list of ${noun} of this account does not show ${filter.of}, so it cannot be filtered by that.\nRemove the filter.`;
		throw new InvalidInput([{ field: filter.field.name, message }]);
	}
	const found: Thing[] = [];
	for (const thing of collection.listed) {
		if (found.length >= limit) break;
		if (wanted.every(({ filter, value }) => filter.fits(thing[filter.of], value))) found.push(thing);
	}
	return found;
}
