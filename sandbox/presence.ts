import { emptyAnswer, errorAnswer, type Answer } from './answers';
import type { EndpointKind, Methods } from './endpoints';
import type { Switches } from './switches';

/** Whether an endpoint is there by the switches, and if not, how its path says so. */
type Presence = 'present' | 307 | 404 | 405;

function presenceOf(kind: EndpointKind, path: string, switches: Switches): Presence {
	switch (kind) {
		case 'list':
			return switches.trunkListEndpoint;
		case 'delete':
			return switches.deleteEndpoint;
		case 'sms':
			return switches.smsEndpoint;
		case 'ownedNumbers':
			// Only one of the two forms of its path lists.
			return path.endsWith('/') === switches.ownedListSlash ? 'present' : switches.ownedListOther;
		default:
			return 'present';
	}
}

/**
 * The answer to a request whose endpoint is not there: switched off, or not one of the path's at all.
 *
 * @param kind undefined where the path has no such method
 * @param methods all that the path has
 * @param request its path, and its whole address
 * @returns undefined where it is there
 */
export function answerWithoutEndpoint(
	kind: EndpointKind | undefined,
	methods: Methods,
	{ path, url }: { path: string; url: string },
	switches: Switches,
): Answer | undefined {
	const presences = Object.entries(methods).map(([method, one]) => [method, presenceOf(one, path, switches)] as const);
	const allowed = presences.filter(([, presence]) => presence === 'present').map(([method]) => method);
	// A path of which nothing is there answers every method as it answers its own.
	const [ofPath = 405] = allowed.length > 0 ? [] : presences.map(([, presence]) => presence);
	const presence = kind === undefined ? ofPath : presenceOf(kind, path, switches);
	switch (presence) {
		case 'present':
			return undefined;
		case 307:
			return emptyAnswer(307, { location: path.endsWith('/') ? url.replace(/\/$/, '') : `${url}/` });
		case 404:
			return errorAnswer(404, 'Not Found', switches);
		case 405:
			return errorAnswer(405, 'Method Not Allowed', switches, { allow: allowed.join(', ') });
	}
}
