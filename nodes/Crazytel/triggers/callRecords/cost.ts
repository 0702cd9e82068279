import { isEmpty } from '../../input/empty';
import type { Row } from '../../resources/callRecord/rows';

/** What a record costs, in dollars; undefined where it has no price yet, which some servers write as a negative one. */
export function costOf({ total_cost: cost }: Row): number | undefined {
	const dollars = isEmpty(cost) || typeof cost === 'object' ? NaN : Number(cost);
	return Number.isFinite(dollars) && dollars >= 0 ? dollars : undefined;
}
