import type { IDataObject } from 'n8n-workflow';

/**
 * What sending a request does. Repetition, pacing of items, the dry run, the report and the shield from
 * Stop are chosen by it, never by the HTTP method. Whoever declares an endpoint has to say it, so that no
 * write is repeated because nobody thought of it.
 */
export type Effect =
	/** Nothing: repeated after any failure that may pass. */
	| 'read'
	/** Sets absolute values: repeating does no harm. */
	| 'set'
	/** Takes a thing away: repeating does no harm, and gone means done. */
	| 'remove'
	/** Makes a thing that can be looked for: never repeated when it may have acted. */
	| 'make'
	/** Acts once and leaves nothing to look for: never repeated when it may have acted. */
	| 'act';

/** How an endpoint is spoken of. */
interface ReadWords {
	/** What it does, as it follows "while", e.g. `reading the list`. */
	doing: string;
}

interface WriteWords extends ReadWords {
	/** That nobody knows whether it was done, and, behind a line break, what to do. */
	afterUnknown: string;
}

interface EndpointOf<Answer, Does extends Effect> {
	/** Failures in a row are counted by it. */
	name: string;
	effect: Does;
	words: Does extends 'read' ? ReadWords : WriteWords;
	/** Reads the body of a 2xx answer; undefined when it is not what the endpoint promises. */
	read(body: unknown): Answer | undefined;
	/** Whether the body of a 2xx says that it was not done, in words of its own. */
	denies?(body: unknown): boolean;
	/** It answers with a list, which may come in pages: all of them are read. */
	isList?: true;
	/** It is asked with the other key of the credential, where that is filled in; the credential knows it by its address. */
	hasOtherKey?: true;
	/** Whether something is an entry of its list, which may say that a call has failed as words for a failure do. */
	isEntry?(entry: unknown): boolean;
	/** What it knows better than the status alone, e.g. that a 400 is about a number. */
	explain?(refusal: Refusal): Explanation;
	/** How the editor calls the fields that the server may name. */
	labels?: Readonly<Record<string, string>>;
}

/** One endpoint of the API, as a resource declares it. A write without words for an unknown outcome does not compile. */
export type Endpoint<Answer, Does extends Effect = Effect> = Does extends Effect ? EndpointOf<Answer, Does> : never;

/** An answer with a status other than 2xx, as an endpoint may explain it. */
export interface Refusal {
	status: number;
	/** The fields that the server named, by the API's names. */
	fields: string[];
	request: Pick<ApiRequest<unknown>, 'body' | 'subject' | 'called'>;
	/** Whether it was asked with the other key of the credential. */
	byOtherKey?: boolean;
}

/** Takes the place of the general words where it is given; the server's own words follow. */
export interface Explanation {
	/** A whole sentence that holds the status. */
	happened?: string;
	/** What to do. */
	cure?: string;
	/** Set where the thing that the request is about does not exist. */
	isGone?: true;
	/** The fields that it is about, by the API's names. */
	fields?: string[];
}

/** So that what makes a thing cannot be declared as something that may be repeated. */
interface MethodOf {
	read: 'GET';
	set: 'PATCH';
	remove: 'DELETE';
	make: 'POST';
	act: 'POST';
}

/** One request to Crazytel. The path is exact: a slash too many or too few is answered by a redirect. */
export interface ApiRequest<Answer, Does extends Effect = Effect> {
	endpoint: Endpoint<Answer, Does>;
	method: MethodOf[Does];
	path: string;
	/** Of a read: the same address in another form, where it is not documented which of the two answers. */
	otherPath?: string;
	query?: IDataObject;
	body?: IDataObject;
	/** Beside the key. */
	headers?: Record<string, string>;
	/** What answers, errors and plans must not show, beside the key. */
	secrets?: string[];
	/** What the answer may repeat, and what is no secret however it begins; without it the texts of the body. */
	ownTexts?: unknown[];
	/** The id of the thing that it is about, where that exists already. */
	subject?: string;
	/** How the user calls that thing, where it is not by its id. */
	called?: string | undefined;
	/** Why it can be shown and not be sent, in whole sentences, what to do behind a line break; undefined where it can. */
	unsendable?: string | undefined;
	/** With it the server does a thing once however often it is asked, so an `act` may be sent again. */
	idempotencyKey?: string;
}

/** A request that changes nothing. */
export type ReadRequest<Answer> = ApiRequest<Answer, 'read'>;

/** Whether an endpoint changes something. */
export function isWrite({ effect }: { effect: Effect }): boolean {
	return effect !== 'read';
}

/** Whether the server knows the request by a key of its own. */
export function hasKey({ idempotencyKey }: Pick<ApiRequest<unknown>, 'idempotencyKey'>): boolean {
	return idempotencyKey !== undefined && idempotencyKey !== '';
}

/**
 * The key as a header can hold it. n8n's helper drops what no header can, and with it the key: the act would be done in
 * each try.
 */
export function headerOfKey(idempotencyKey: string): Record<string, string> {
	const key = idempotencyKey.replace(
		/[^\x20-\x7e]|%|^ | $/gu,
		(character) => `%${Buffer.from(character).toString('hex')}`,
	);
	return { 'Idempotency-Key': key };
}

/** What to do when nobody knows whether it was done. */
export function afterUnknown({ words }: ApiRequest<unknown>['endpoint'], ofReading: string): string {
	return 'afterUnknown' in words ? words.afterUnknown : ofReading;
}
