import type { Moment } from '../../input/moment';
import type { Look } from '../event';
import type { Mark } from './identity';

/** What of a lane is bounded. */
interface Remembered {
	floor: Moment | null;
	known: Mark[];
	isShort: boolean;
}

/** So many records without a time are remembered. */
const MOST_UNTIMED = 500;

/**
 * Keeps the state small: what is dropped cannot be told from what is new, so the floor rises above it.
 *
 * @param judgedTo what comes from then on is not judged, and the floor stays below it
 */
export function capped<Full extends Remembered>(
	look: Look,
	full: Full,
	most: number,
	{ hasSaid = false, judgedTo = Infinity }: { hasSaid?: boolean; judgedTo?: Moment | undefined } = {},
): Full {
	const untimed = full.known.filter(([at]) => at === null).slice(-MOST_UNTIMED);
	const timed = full.known.filter(([at]) => at !== null).sort(([a], [b]) => (b ?? 0) - (a ?? 0));
	const dropped = timed[most]?.[0] ?? undefined;
	const floor =
		dropped === undefined ? full.floor : Math.max(full.floor ?? dropped + 1, Math.min(dropped + 1, judgedTo));
	const isShort = full.isShort || dropped !== undefined;
	if (isShort && !hasSaid) {
		look.warn(
			'There are so many call records that those which Crazytel files late, such as long calls, may be missed. Choose fewer Types, or add the option Extension.',
		);
	}
	return {
		...full,
		floor,
		isShort,
		known: [...untimed, ...timed.filter(([at]) => at !== null && at >= (floor ?? -Infinity))],
	};
}
