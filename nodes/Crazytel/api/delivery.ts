/** What kept a request from being sent. */
export type Hurdle =
	/** n8n itself, before it took the request up: e.g. a secret of the credential that could not be loaded. */
	| 'host'
	/** n8n's protection against requests to internal addresses. */
	| 'protection'
	/** The address of the proxy, which is none. */
	| 'proxyAddress'
	/** There was no connection yet, to the server or to the proxy in between. */
	| 'connection'
	/** There was a connection, but it was not encrypted yet. */
	| 'encryption'
	/** The certificate, which is read before anything is sent. */
	| 'certificate';

/** How a request failed that brought no answer. */
export interface Failure {
	/** Node's code, e.g. `ECONNREFUSED`; `UNKNOWN` where there was none. */
	code: string;
	/** The words of whoever failed. */
	reason: string;
	/** Set only where the request is certain not to have reached the server. */
	hurdle?: Hurdle;
	/** The proxy at which it failed: its address, or empty where that is not known. */
	proxy?: string;
	/** Whether trying again cannot help, as with a certificate that is not trusted. */
	isLasting: boolean;
}

/** What is read of an error, or of one that caused it: that of n8n's helper, of axios, of Node. */
interface Told {
	name?: unknown;
	message?: unknown;
	code?: unknown;
	/** Of n8n's error: the status, or Node's code. */
	httpCode?: unknown;
	/** Of Node's errors: what it was about, e.g. `connect`, and with whom. */
	syscall?: unknown;
	hostname?: unknown;
	address?: unknown;
	port?: unknown;
	/** Of Node's AggregateError: one for each address of the host. */
	errors?: unknown;
	/** Of the errors of axios: Node's request, and what has come of the answer. */
	request?: unknown;
	response?: unknown;
	cause?: unknown;
}

/** What Node reports only while there is no connection yet (nodejs.org/api/errors.html#common-system-errors). */
const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** These are told of one address although another one may stand: IPv6 without a way, beside IPv4. */
const NO_ROUTE = ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'];

/** What Node throws while it builds a request, so before it looks for a connection. */
const NEVER_BUILT = [
	'ERR_INVALID_URL',
	'ERR_INVALID_PROTOCOL',
	'ERR_INVALID_HTTP_TOKEN',
	'ERR_INVALID_CHAR',
	'ERR_UNESCAPED_CHARACTERS',
];

/** Not the alerts of TLS 1.3, `ERR_SSL_…`: a server sends them when it has the request already. */
const CERTIFICATE_REFUSED = /^(?!ERR_SSL_).*(?:CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER)/;

/**
 * Reads the error of n8n's helper. Whatever is in doubt counts as delivered: what is wrongly taken for
 * never sent would be sent again, and make a second thing.
 *
 * @param wasTakenUp whether anybody has read the address of the request
 */
export function readFailure(error: unknown, wasTakenUp: boolean): Failure {
	const chain = chainOf(error);
	const ends = endsOf(chain);
	const code = codeOf(chain, ends);
	const evidence: Evidence = {
		code: code ?? 'UNKNOWN',
		reason: reasonOf(chain, ends) || (code ?? 'no reason given'),
		wasTakenUp,
		isBlocked: chain.some(({ name }) => /^SsrfBlocked/.test(textOf(name))),
		isOfConnecting: ends.every(tellsOfConnecting) || NEVER_CONNECTED.includes(code ?? ''),
		state: stateOf(chain),
	};
	const hurdle = hurdleOf(evidence);
	return {
		code: evidence.code,
		reason: evidence.reason,
		...(hurdle !== undefined && { hurdle }),
		...(isOfProxy(evidence) && { proxy: placeOf(ends[0] ?? {}) }),
		isLasting: hurdle !== undefined && isLasting(hurdle, evidence),
	};
}

interface Evidence {
	code: string;
	reason: string;
	wasTakenUp: boolean;
	isBlocked: boolean;
	isOfConnecting: boolean;
	state: State;
}

function hurdleOf({ code, reason, wasTakenUp, isBlocked, isOfConnecting, state }: Evidence): Hurdle | undefined {
	if (!wasTakenUp) return 'host';
	if (state === 'encrypted' || state === 'answered') return undefined;
	// No redirect is followed, so it is the first address that was blocked.
	if (isBlocked) return 'protection';
	if (CERTIFICATE_REFUSED.test(code)) return 'certificate';
	if (isOfConnecting || state === 'unconnected' || state === 'unwritten') return 'connection';
	// Node gives the same code to a connection that breaks before it is encrypted and after.
	if (state === 'unencrypted' || /before secure TLS connection was established/.test(reason)) return 'encryption';
	if (state !== 'unbuilt' || !NEVER_BUILT.includes(code)) return undefined;
	// Our own address was checked with the credential.
	return code === 'ERR_INVALID_URL' ? 'proxyAddress' : 'host';
}

/** A connection that Node makes itself has a socket from the start; one through a proxy only when the proxy has made it. */
function isOfProxy({ isBlocked, isOfConnecting, state }: Evidence): boolean {
	return !isBlocked && (state === 'unconnected' || (state === 'unwritten' && !isOfConnecting));
}

function isLasting(hurdle: Hurdle, { code, reason }: Evidence): boolean {
	if (hurdle === 'host') return NEVER_BUILT.includes(code);
	// The two do not agree on how to encrypt; unless one of them has failed at it.
	if (hurdle === 'encryption')
		return /^(?:EPROTO|ERR_SSL_)/.test(code) && !/internal error|unexpected eof/i.test(reason);
	return hurdle !== 'connection';
}

/** The error and what caused it, outermost first. */
function chainOf(error: unknown): Told[] {
	const chain: Told[] = [];
	for (let at: unknown = error; isObject(at) && chain.length < 10; at = (at as Told).cause) chain.push(at);
	return chain;
}

/** What it all began with: one error, or one for each address that was tried. */
function endsOf(chain: Told[]): Told[] {
	const last = chain.at(-1) ?? {};
	const each = Array.isArray(last.errors) ? last.errors.filter(isObject) : [];
	return each.length > 0 ? each : [last];
}

function codeOf(chain: Told[], ends: Told[]): string | undefined {
	const told = ends.map(({ code }) => code);
	return [
		told.find((code) => !NO_ROUTE.includes(String(code))),
		...told,
		...chain.map(({ code }) => code).reverse(),
		...chain.map(({ httpCode }) => httpCode),
	].find(
		// A status stands here when the connection broke in the middle of an answer.
		(code): code is string => typeof code === 'string' && /^[A-Z]/.test(code),
	);
}

/** In one line. Not cut: half a secret would not be found by who masks it. */
function reasonOf([outer, wrapped]: Told[], ends: Told[]): string {
	// The error for several addresses has no words of its own, or none that say anything.
	const sources = [ends.length > 1 ? ends : [wrapped], ends, [outer]];
	const told = sources.map((from) =>
		from
			.map((one) => textOf(one?.message))
			.filter(Boolean)
			.join('; '),
	);
	const words = told.find((text) => text !== '') ?? '';
	const ofEncryption = /:SSL routines:[^:]*:([^:\r\n]+)/.exec(words)?.[1];
	// The address of a proxy may hold a login.
	return (ofEncryption ?? words)
		.replace(/\/\/[^/@\s]*@/g, '//')
		.replace(/\s*[\r\n]+\s*/g, ' ')
		.trim();
}

function tellsOfConnecting({ syscall, message }: Told): boolean {
	return /^(?:connect|getaddrinfo)$/.test(textOf(syscall)) || /^(?:connect|getaddrinfo) E/.test(textOf(message));
}

type State = 'unbuilt' | 'unconnected' | 'unwritten' | 'unencrypted' | 'encrypted' | 'answered' | undefined;

/**
 * How far Node has come with the request, as it stands in the error of axios. `secureConnecting` is true
 * until the connection is encrypted and the certificate was found good, and nothing is sent before;
 * `bytesWritten` counts what is still waiting to be sent as well.
 */
function stateOf(chain: Told[]): State {
	if (chain.some(({ response }) => isObject(response))) return 'answered';
	const request = chain.map((told) => told.request).find(isObject) as
		| { socket?: unknown; res?: unknown; reusedSocket?: unknown }
		| undefined;
	if (request === undefined) return chain.some((told) => 'isAxiosError' in told) ? undefined : 'unbuilt';
	if (isObject(request.res)) return 'answered';
	if (request.socket === null) return 'unconnected';
	if (!isObject(request.socket) || request.reusedSocket === true) return undefined;
	const { secureConnecting, bytesWritten } = request.socket as { secureConnecting?: unknown; bytesWritten?: unknown };
	if (bytesWritten === 0) return 'unwritten';
	if (secureConnecting === undefined) return undefined;
	return secureConnecting === true ? 'unencrypted' : 'encrypted';
}

/** Where the connection was to go. */
function placeOf({ hostname, address, port }: Told): string {
	const name = textOf(hostname) || textOf(address);
	const host = name.includes(':') ? `[${name}]` : name;
	return typeof port === 'number' && host !== '' ? `${host}:${port}` : host;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
