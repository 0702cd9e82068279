import { z } from 'zod';
import { callRecordSwitches, defaultCallRecordSwitches } from './callRecordSwitches';
import { explain } from './explain';
import { defaultNumberSwitches, numberSwitches } from './numberSwitches';

/** Where the API might have no such endpoint, and how it would say so. */
const endpointPresence = z.union([z.literal('present'), z.literal(404), z.literal(405)], {
	errorMap: () => ({ message: "must be 'present', 404 or 405" }),
});

/** Longest wait Node's timers can hold, in milliseconds. */
export const longestWaitMs = 2_147_483_647;

/** What a trunk in the list may not show. */
const hideable = [
	'username',
	'password',
	'caller_id_number',
	'enabled',
	'area_code',
	'description',
	'hide_caller_id',
	'sms_sender',
	'softphone_show_balance',
	'softphone_sync_sms',
] as const;

/** The ways in which services say that a list goes on. */
const pageStyles = [
	'next',
	'next path',
	'next elsewhere',
	'page',
	'next_page',
	'offset',
	'link',
	'total',
	'x-total-count',
	'content-range',
	'has_more',
	'cursor',
] as const;

const switchesSchema = z
	.object({
		/** The list of trunks: a bare array, or an object that wraps one. */
		trunkListShape: z.enum(['bare', 'wrapped']),
		/** The key of the array in a wrapped list of trunks. */
		trunkListKey: z.string().min(1),
		trunkListEndpoint: endpointPresence,
		/** What the list of trunks leaves out. */
		listHides: z.array(z.enum(hideable, { errorMap: () => ({ message: `must be one of ${hideable.join(', ')}` }) })),
		deleteEndpoint: endpointPresence,
		/** What comes of an empty text in a write of a trunk, where the setting is a text that may be missing. */
		emptyText: z.enum(['stored', 'null', 'ignored', 'refused']),
		/** The same of null; only those texts can be cleared. */
		nullSetting: z.enum(['refused', 'clears', 'ignored']),
		/** What comes of settings in a write of a trunk that nobody knows. */
		unknownSettings: z.enum(['refused', 'ignored', 'kept']),
		/** The verified numbers: strings or objects, bare or wrapped. */
		verifiedShape: z.enum(['strings', 'objects', 'wrapped-strings', 'wrapped-objects']),
		/** The key of the number in each object. */
		verifiedKey: z.enum(['number', 'caller_id', 'caller_id_number', 'cli', 'did_number', 'phone_number']),
		/** The key of the array in a wrapped list of verified numbers. */
		verifiedListKey: z.string().min(1),
		smsEndpoint: endpointPresence,
		/** Which key sends messages, and how the other one is refused. */
		smsKey: z.enum(['either', 'account', 'sms']),
		smsKeyRefusal: z.union([z.literal(401), z.literal(403)], { errorMap: () => ({ message: 'must be 401 or 403' }) }),
		/** What is said of a message that was taken, with which status, in which form. */
		smsStatus: z.string(),
		smsHttpStatus: z.union([z.literal(200), z.literal(201), z.literal(202)], {
			errorMap: () => ({ message: 'must be 200, 201 or 202' }),
		}),
		smsShape: z.enum(['bare', 'no uuid', 'no status', 'data', 'list', 'empty']),
		/** How a recipient is refused in the body of a 2xx; nothing is sent then. */
		smsRefusal: z.enum(['none', 'failed', 'rejected', 'recipients', 'list of rejected']),
		/** Numbers that want no messages: refused with 422. */
		optedOut: z.array(z.string()),
		/** Whether a key that was used gets the first answer and nothing is sent. */
		idempotencyKeys: z.enum(['honoured', 'ignored']),
		/** The same key with another body. */
		keyWithOtherBody: z.union([z.literal(409), z.literal(422), z.literal('first answer')], {
			errorMap: () => ({ message: "must be 409, 422 or 'first answer'" }),
		}),
		/** The account's balance at the start, in dollars. What is bought and sent is taken from it. */
		balance: z.number(),
		/** The answer with it: as documented, with both as texts, inside of something, or without the balance. */
		balanceShape: z.enum(['documented', 'texts', 'wrapped', 'missing']),
		/** How call records are listed. */
		callRecords: callRecordSwitches,
		/** Whether a trunk in an answer carries its password. */
		echoPassword: z.boolean(),
		createStatus: z.union([z.literal(200), z.literal(201)], {
			errorMap: () => ({ message: 'must be 200 or 201' }),
		}),
		/** Settings of a write that are dropped, while the answer is a 200. */
		ignoredSettings: z.array(z.string()),
		/** What is kept of a description; a number is how many characters. */
		descriptionForm: z.union(
			[z.enum(['as sent', 'html', 'lower case', 'NFC', 'one space', 'ASCII', 'bare']), z.number().int().min(1)],
			{
				errorMap: () => ({
					message:
						"must be 'as sent', 'html', 'lower case', 'NFC', 'one space', 'ASCII', 'bare' or a number of characters",
				}),
			},
		),
		/** What an update that was carried out is answered with: the trunk, nothing with that status, or something else. */
		updateAnswer: z.union(
			[z.literal('trunk'), z.literal(200), z.literal(204), z.literal(205), z.literal('queued'), z.literal('another')],
			{
				errorMap: () => ({ message: "must be 'trunk', 200, 204, 205, 'queued' or 'another'" }),
			},
		),
		/** Milliseconds by which the list of trunks is behind. */
		listLagMs: z.number().int().min(0),
		/** Entries of the list of trunks in one answer; 0 is all of them. */
		pageSize: z.number().int().min(0),
		/** How such an answer says that there is more. */
		pageStyle: z.enum(pageStyles),
		/** The body of every error that is not a validation list. */
		errorShape: z.enum(['detail', 'error.message', 'error', 'message', 'html', 'empty']),
		/** 422: FastAPI's list, which echoes what was sent, or one sentence in the errorShape. */
		validationErrors: z.enum(['list', 'plain']),
		/** The form of Retry-After on a 429. */
		retryAfter: z.enum(['seconds', 'date', 'none']),
		/** Requests a window; 0 is no limit. */
		rateLimit: z.number().int().min(0),
		rateWindow: z.enum(['fixed', 'sliding']),
		/** Whether refused requests count against the limit, too. */
		refusedCount: z.boolean(),
		rateWindowMs: z.number().int().min(1),
		/** Milliseconds that every answer without a fault is held back. */
		latencyMs: z.number().int().min(0).max(longestWaitMs),
		...numberSwitches,
	})
	.strict();

/** How the sandbox plays what the documentation leaves open. */
export type Switches = z.infer<typeof switchesSchema>;

/** The documented behaviour, and where nothing is documented the plainest one. */
export const defaultSwitches: Readonly<Switches> = {
	trunkListShape: 'bare',
	trunkListKey: 'sip_trunks',
	trunkListEndpoint: 'present',
	listHides: [],
	deleteEndpoint: 'present',
	emptyText: 'stored',
	nullSetting: 'refused',
	unknownSettings: 'refused',
	verifiedShape: 'strings',
	verifiedKey: 'number',
	verifiedListKey: 'verified_numbers',
	smsEndpoint: 'present',
	smsKey: 'either',
	smsKeyRefusal: 403,
	smsStatus: 'queued',
	smsHttpStatus: 200,
	smsShape: 'bare',
	smsRefusal: 'none',
	optedOut: [],
	idempotencyKeys: 'honoured',
	keyWithOtherBody: 422,
	balance: 148.2063917,
	balanceShape: 'documented',
	callRecords: defaultCallRecordSwitches,
	echoPassword: false,
	createStatus: 200,
	ignoredSettings: [],
	descriptionForm: 'as sent',
	updateAnswer: 'trunk',
	listLagMs: 0,
	pageSize: 0,
	pageStyle: 'next',
	errorShape: 'detail',
	validationErrors: 'list',
	retryAfter: 'none',
	rateLimit: 60,
	rateWindow: 'fixed',
	refusedCount: false,
	rateWindowMs: 60_000,
	latencyMs: 0,
	...defaultNumberSwitches,
};

/** All switches by the names of docs/sandbox.md: those of call records with theirs in front. */
export function byName({ callRecords, ...others }: Switches): Record<string, unknown> {
	return {
		...others,
		...Object.fromEntries(Object.entries(callRecords).map(([name, value]) => [`callRecords.${name}`, value])),
	};
}

/**
 * Checks a change of switches.
 *
 * @param change any value; an object with some of the switches is right
 * @param subject what the change is, for the error
 * @returns the switches it names, those set to undefined left out
 * @throws Error with a sentence that names the wrong switch
 */
export function readSwitches(change: unknown, subject = 'switches'): Partial<Switches> {
	const result = switchesSchema.partial().safeParse(change);
	if (!result.success) throw new Error(explain(subject, result.error));
	return Object.fromEntries(Object.entries(result.data).filter(([, value]) => value !== undefined));
}
