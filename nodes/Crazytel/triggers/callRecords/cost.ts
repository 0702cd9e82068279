import { isEmpty } from '../../input/empty';
import type { Row } from '../../resources/callRecord/rows';

/** Dollars are added in millionths, in which sums have no remainder of binary fractions, and told in ten-thousandths. */
const PARTS = 1_000_000;
const TOLD = 10_000;

/**
 * What a record costs, in dollars; undefined where it has no price yet, which some servers write as a negative one. One that
 * cannot be added up is none: a sum with it would hide all others.
 */
export function costOf({ total_cost: cost }: Row): number | undefined {
	const dollars = isEmpty(cost) || typeof cost === 'object' ? NaN : Number(cost);
	return dollars >= 0 && Number.isSafeInteger(inParts(dollars)) ? dollars : undefined;
}

/** What it costs in millionths of a dollar, as far as that is known. */
export function partsOf(row: Row): number {
	return inParts(costOf(row) ?? 0);
}

export function inParts(dollars: number): number {
	return Math.round(dollars * PARTS);
}

export function inDollars(parts: number): number {
	return Math.round(parts / (PARTS / TOLD)) / TOLD;
}
