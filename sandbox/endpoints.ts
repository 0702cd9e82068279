import { numberKinds, numberPlaces } from './numberPlaces';

/** What a request is about; 'other' is everything outside the endpoints below. */
export const requestKinds = [
	'create',
	'update',
	'delete',
	'list',
	'verified',
	'balance',
	'sms',
	'callRecords',
	...numberKinds,
	'other',
] as const;
export type RequestKind = (typeof requestKinds)[number];

export type EndpointKind = Exclude<RequestKind, 'other'>;

/** The endpoints of one path, by their methods. */
export type Methods = Record<string, EndpointKind>;

export type Match =
	| { found: 'endpoint'; kind: EndpointKind; trunkId: string; methods: Methods }
	| { found: 'wrongMethod'; methods: Methods }
	| { found: 'otherSlash'; path: string }
	| { found: 'nothing' };

interface Place {
	pattern: RegExp;
	methods: Methods;
}

const places: Place[] = [
	{ pattern: /^\/api\/v1\/balance\/$/, methods: { GET: 'balance' } },
	{ pattern: /^\/api\/v1\/account\/verified-cli\/$/, methods: { GET: 'verified' } },
	{ pattern: /^\/api\/v1\/cdrs\/$/, methods: { GET: 'callRecords' } },
	{ pattern: /^\/api\/v1\/sip-trunks\/$/, methods: { GET: 'list', POST: 'create' } },
	{ pattern: /^\/api\/v1\/sip-trunks\/([^/]+)$/, methods: { PATCH: 'update', DELETE: 'delete' } },
	{ pattern: /^\/api\/v2\/sms\/send$/, methods: { POST: 'sms' } },
	...numberPlaces,
];

function flipSlash(path: string): string {
	return path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
}

/**
 * Finds the endpoint of a request, as strict about the last slash as the API.
 *
 * @param method upper-case HTTP method
 * @param path path without query, percent-encoding untouched
 * @returns the endpoint (trunkId is '' where the path has none) and all that the path has, what the path
 *   has instead, the same path with the slash the API wants, or nothing
 * Source: docs/crazytel-api.md, "Endpoints".
 */
export function findEndpoint(method: string, path: string): Match {
	for (const { pattern, methods } of places) {
		const match = pattern.exec(path);
		if (!match) continue;
		const kind = Object.hasOwn(methods, method) ? methods[method] : undefined;
		if (!kind) return { found: 'wrongMethod', methods };
		return { found: 'endpoint', kind, trunkId: match[1] ?? '', methods };
	}
	const flipped = flipSlash(path);
	if (places.some(({ pattern }) => pattern.test(flipped))) {
		return { found: 'otherSlash', path: flipped };
	}
	return { found: 'nothing' };
}
