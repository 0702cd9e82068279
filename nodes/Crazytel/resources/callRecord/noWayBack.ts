/* Why call records cannot be read back to their end. */
import { ApiError } from '../../api/apiError';

/** That older call records cannot be asked for. */
export class NoWayBack extends ApiError {}

const failed = (happened: string, cure: string): NoWayBack =>
	new NoWayBack(happened, cure, 'unreadable', { httpCode: '200' });

export function outside(side: 'newer' | 'older', cure: string): ApiError {
	return failed(
		`Crazytel answered with call records that are ${side} than what was asked for, so it is unknown which ones it leaves out.`,
		cure,
	);
}

export function lostSight(cure: string): ApiError {
	return failed(
		'Crazytel takes the time of a call record for another one when it is asked for older ones, perhaps of another time zone, so some would be missing.',
		cure,
	);
}

export function notInOrder(cure: string): ApiError {
	return failed(
		'Crazytel gave call records that are not in the order of their time, so it cannot be asked for older ones.',
		cure,
	);
}

export function stuck(cure: string): ApiError {
	return failed(
		'Crazytel gave as many call records of one time as it gives at once, or none with a time, so it cannot be asked for older ones.',
		cure,
	);
}
