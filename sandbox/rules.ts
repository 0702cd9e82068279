import { z } from 'zod';
import type { StoredTrunk, TrunkSettings } from './account';
import type { Switches } from './switches';

/** One entry of FastAPI's 422 list. `input` is what was sent, a password included. */
export interface ValidationIssue {
	loc: Array<string | number>;
	msg: string;
	type: string;
	input: unknown;
}

/** The values of a body that passed, or what FastAPI would list. */
export type Checked<T> = { value: T } | { issues: ValidationIssue[] };

const passwordRules: Array<{ asks: string; holds: (password: string) => boolean }> = [
	{ asks: 'at least 8 characters', holds: (password) => [...password].length >= 8 },
	{ asks: 'an upper-case letter', holds: (password) => /[A-Z]/.test(password) },
	{ asks: 'a lower-case letter', holds: (password) => /[a-z]/.test(password) },
	{ asks: 'a digit', holds: (password) => /[0-9]/.test(password) },
];

const password = z.string().superRefine((value, context) => {
	const broken = passwordRules.find((rule) => !rule.holds(value));
	if (broken) context.addIssue({ code: 'custom', message: `Password needs ${broken.asks}` });
});

type Reading = Pick<Switches, 'emptyText' | 'nullSetting' | 'unknownSettings'>;

/** A text that may be missing, which an empty one or null may clear. */
function clearableText({
	emptyText,
	nullSetting,
}: Reading): z.ZodType<string | null | undefined, z.ZodTypeDef, unknown> {
	const text = z.string().transform((value, context) => {
		if (value !== '' || emptyText === 'stored') return value;
		if (emptyText === 'refused')
			context.addIssue({ code: 'custom', message: 'String should have at least 1 character' });
		return emptyText === 'null' ? null : undefined;
	});
	return nullSetting === 'clears' ? text.nullable() : text;
}

/** The body of a create or an update as the switches have it read. */
function bodyOf(kind: 'create' | 'update', reading: Reading) {
	const optional = <Value>(schema: z.ZodType<Value, z.ZodTypeDef, unknown>) =>
		(reading.nullSetting === 'ignored'
			? schema.nullable().transform((value) => value ?? undefined)
			: schema
		).optional();
	const needed = { password, caller_id_number: z.string() };
	const text = clearableText(reading);
	const body = z.object({
		...(kind === 'create' ? needed : { password: optional(password), caller_id_number: optional(z.string()) }),
		enabled: optional(z.boolean()),
		area_code: optional(text),
		description: optional(text),
		hide_caller_id: optional(z.boolean()),
		sms_sender: optional(text),
		softphone_show_balance: optional(z.boolean()),
		softphone_sync_sms: optional(z.boolean()),
	});
	const unknown = { refused: body.strict(), ignored: body.strip(), kept: body.passthrough() };
	return unknown[reading.unknownSettings];
}

const typeMessages: Record<string, { msg: string; type: string }> = {
	string: { msg: 'Input should be a valid string', type: 'string_type' },
	boolean: { msg: 'Input should be a valid boolean', type: 'bool_type' },
	object: { msg: 'Input should be a valid dictionary or object', type: 'model_attributes_type' },
};

function valueAt(body: unknown, key: string | number | undefined): unknown {
	return key === undefined ? body : (body as Record<string | number, unknown>)[key];
}

function toIssues(issue: z.ZodIssue, body: unknown): ValidationIssue[] {
	const loc = ['body', ...issue.path];
	const input = valueAt(body, issue.path[0]);
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({
			loc: ['body', key],
			msg: 'Extra inputs are not permitted',
			type: 'extra_forbidden',
			input: valueAt(body, key),
		}));
	}
	if (issue.code === 'invalid_type') {
		// Pydantic echoes the whole body when a field is missing.
		if (issue.received === 'undefined') {
			return [{ loc, msg: 'Field required', type: 'missing', input: body }];
		}
		const known = typeMessages[issue.expected];
		if (known) return [{ loc, ...known, input }];
	}
	return [{ loc, msg: `Value error, ${issue.message}`, type: 'value_error', input }];
}

function parseJson(rawBody: string, contentType: string | undefined): Checked<unknown> {
	if (rawBody === '') {
		return { issues: [{ loc: ['body'], msg: 'Field required', type: 'missing', input: null }] };
	}
	// FastAPI reads a body of another type as text, which is then no object.
	if (contentType && !/^application\/([^;\s]+\+)?json\s*(;|$)/i.test(contentType)) {
		return { value: rawBody };
	}
	try {
		return { value: JSON.parse(rawBody) as unknown };
	} catch {
		return {
			issues: [{ loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid', input: {} }],
		};
	}
}

/**
 * Checks the body of a create or update the way FastAPI with strict types does.
 *
 * @param kind which body; only a create has required fields
 * @param rawBody the text as it came
 * @param contentType the header, if there was one
 * @param reading what comes of empty texts, of null, and of settings that nobody knows
 * @returns the settings, or the entries of a 422
 * Source: docs/crazytel-api.md, "SIP trunk".
 */
export function checkBody(
	kind: 'create' | 'update',
	rawBody: string,
	contentType: string | undefined,
	reading: Reading,
): Checked<TrunkSettings> {
	return checkJson<TrunkSettings>(
		bodyOf(kind, reading) as z.ZodType<TrunkSettings, z.ZodTypeDef, unknown>,
		rawBody,
		contentType,
	);
}

/** Checks any body in the same way. */
export function checkJson<Value>(
	schema: z.ZodType<Value, z.ZodTypeDef, unknown>,
	rawBody: string,
	contentType: string | undefined,
): Checked<Value> {
	const parsed = parseJson(rawBody, contentType);
	if ('issues' in parsed) return parsed;
	const result = schema.safeParse(parsed.value);
	if (result.success) return { value: result.data };
	return { issues: result.error.issues.flatMap((issue) => toIssues(issue, parsed.value)) };
}

/**
 * Checks that a trunk id is a UUID with its hyphens.
 *
 * @returns the entries of a 422, none when it is one
 */
export function checkTrunkId(trunkId: string): ValidationIssue[] {
	if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(trunkId)) return [];
	const msg = 'Input should be a valid UUID';
	return [{ loc: ['path', 'trunk_id'], msg, type: 'uuid_parsing', input: trunkId }];
}

/**
 * Checks the numbers of a create or update against the account.
 *
 * @returns the sentence of the 400, or undefined when all is well
 * Source: docs/crazytel-api.md, "SIP trunk".
 */
export function refuseNumbers(
	{ caller_id_number: callerId, sms_sender: smsSender }: Partial<StoredTrunk>,
	verifiedNumbers: string[],
): string | undefined {
	if (typeof callerId === 'string' && !verifiedNumbers.includes(callerId)) {
		return 'Caller ID number is not verified for this account';
	}
	if (typeof smsSender !== 'string') return undefined;
	if (!smsSender.startsWith('614')) return 'SMS sender must start with 614';
	if (!verifiedNumbers.includes(smsSender)) return 'SMS sender is not verified for this account';
	return undefined;
}
