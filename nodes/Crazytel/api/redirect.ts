import type { Answered } from './exchange';

/** Says where a redirect points, by host only: the rest of the address may hold anything. */
export function redirectWords({ status, headers }: Answered, baseUrl: string): [happened: string, cure: string] {
	const target = redirectTarget(headers.location, baseUrl);
	const from = new URL(baseUrl).host;
	if (target !== undefined && target.host !== from) {
		return [
			`${from} redirects to another host, ${target.host} (${status}). The request was not repeated there, and the API key was not sent to it.`,
			`If that host is Crazytel's, put ${target.origin} as Base URL into the credential.`,
		];
	}
	return [
		`${from} redirects the request (${status})${target === undefined ? '' : ` to ${target.origin}`}, and this node follows no redirect.`,
		'Check the Base URL in the credential: it is https://crazytel.io.',
	];
}

function redirectTarget(location: unknown, baseUrl: string): URL | undefined {
	return typeof location === 'string' && URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : undefined;
}
