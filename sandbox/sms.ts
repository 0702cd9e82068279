import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { emptyAnswer, errorAnswer, jsonAnswer, validationAnswer, type Answer } from './answers';
import { balanceOf } from './balance';
import { checkJson } from './rules';
import type { Switches } from './switches';

/** A message as it was sent. */
export interface SentSms {
	uuid: string;
	from: string;
	to: string;
	text: string;
	parts: number;
	/** The header Idempotency-Key, if there was one. */
	key: string | undefined;
}

/** A request to send one. */
export interface SmsRequest {
	rawBody: string;
	contentType: string | undefined;
	idempotencyKey: string | undefined;
}

/** Who pays, and which numbers may send. */
export interface Payer {
	/** Dollars. */
	readonly spent: number;
	charge(amount: number): void;
	verifiedNumbers(): string[];
}

export interface Sms {
	/** Copies, oldest first. */
	sent(): SentSms[];
	send(payer: Payer, request: SmsRequest, switches: Switches): Answer;
	clear(): void;
}

/** Dollars a part. */
export const PRICE_OF_PART = 0.05;

const body = z
	.object({
		from: z.string(),
		to: z.string(),
		text: z.string().superRefine((text, context) => {
			const { length } = [...text];
			if (length < 1 || length > 1_600)
				context.addIssue({ code: 'custom', message: 'Text must have 1 to 1600 characters' });
		}),
	})
	.strict();

/** One of them is anything but the default alphabet of GSM and its extension. */
const unicode = /[^@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ -#¤%-?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]/u;

function partsOf(text: string): number {
	const isUnicode = unicode.test(text);
	const places = [...text].map(
		(character) => (isUnicode ? character : character.replace(/[\^{}\\[~\]|€]/, '\x1b$&')).length,
	);
	const [alone, inPart] = isUnicode ? ([70, 67] as const) : ([160, 153] as const);
	if (places.reduce((sum, width) => sum + width, 0) <= alone) return 1;
	let [parts, used] = [1, 0];
	for (const width of places) {
		// What takes two places is never split.
		if (used + width > inPart) [parts, used] = [parts + 1, 0];
		used += width;
	}
	return parts;
}

/** The API converts a recipient by itself: 04…, +61 and 61 are one number. */
function recipientOf(to: string): string | undefined {
	const digits = to.replace(/^\+/, '').replace(/^0(?=[45]\d{8}$)/, '61');
	return /^\d{8,15}$/.test(digits) ? digits : undefined;
}

function shaped({ uuid, to }: SentSms, { smsShape, smsStatus, smsHttpStatus }: Switches): Answer {
	const record = { status: smsStatus, uuid };
	switch (smsShape) {
		case 'bare':
			return jsonAnswer(smsHttpStatus, record);
		case 'no uuid':
			return jsonAnswer(smsHttpStatus, { status: smsStatus });
		case 'no status':
			return jsonAnswer(smsHttpStatus, { uuid });
		case 'data':
			return jsonAnswer(smsHttpStatus, { status: 'success', data: record });
		case 'list':
			return jsonAnswer(smsHttpStatus, { messages: [{ to, ...record }], count: 1 });
		case 'empty':
			return emptyAnswer(smsHttpStatus);
	}
}

/** A recipient that is refused in the body of a 2xx: nothing is sent. */
function refusedInside({ smsRefusal, smsHttpStatus }: Switches, to: string): Answer | undefined {
	switch (smsRefusal) {
		case 'none':
			return undefined;
		case 'failed':
			return jsonAnswer(smsHttpStatus, { status: 'failed', error: 'Recipient has opted out' });
		case 'rejected':
			return jsonAnswer(smsHttpStatus, { uuid: randomUUID(), id: 7, status: 'rejected' });
		case 'recipients':
			return jsonAnswer(smsHttpStatus, {
				status: 'accepted',
				recipients: [{ to, status: 'rejected', reason: 'Recipient has opted out' }],
			});
		case 'list of rejected':
			return jsonAnswer(smsHttpStatus, { status: 'queued', accepted: [], rejected: [to] });
	}
}

/**
 * The part of an account that sends messages.
 *
 * Source: docs/crazytel-api.md, "SMS". Nearly all of it is from one public client, so most is a switch.
 */
export function createSms(): Sms {
	let messages: SentSms[] = [];
	let answers = new Map<string, { rawBody: string; answer: Answer }>();

	function sendAnew(payer: Payer, request: SmsRequest, switches: Switches): Answer {
		const checked = checkJson(body, request.rawBody, request.contentType);
		if ('issues' in checked) return validationAnswer(checked.issues, switches);
		const { from, text } = checked.value;
		const to = recipientOf(checked.value.to);
		const invalid = (field: string, msg: string) =>
			validationAnswer(
				[{ loc: ['body', field], msg, type: 'value_error', input: checked.value[field as 'to'] }],
				switches,
			);
		if (!payer.verifiedNumbers().includes(from) || !from.startsWith('614'))
			return invalid('from', 'Sender is not verified for this account');
		if (to === undefined) return invalid('to', 'Recipient is not a phone number');
		if (switches.optedOut.includes(to)) return invalid('to', 'Recipient has opted out');
		const parts = partsOf(text);
		if (balanceOf(payer, switches) < parts * PRICE_OF_PART) return errorAnswer(402, 'Balance is too low', switches);
		const refused = refusedInside(switches, to);
		if (refused !== undefined) return refused;
		payer.charge(parts * PRICE_OF_PART);
		const message: SentSms = { uuid: randomUUID(), from, to, text, parts, key: request.idempotencyKey };
		messages.push(message);
		return shaped(message, switches);
	}

	return {
		sent: () => messages.map((message) => ({ ...message })),
		send(payer, request, switches) {
			const { idempotencyKey: key, rawBody } = request;
			if (key === undefined || switches.idempotencyKeys === 'ignored') return sendAnew(payer, request, switches);
			const first = answers.get(key);
			if (first !== undefined && first.rawBody !== rawBody && switches.keyWithOtherBody !== 'first answer') {
				return errorAnswer(switches.keyWithOtherBody, 'Idempotency-Key was used with another body', switches);
			}
			if (first !== undefined) return first.answer;
			const answer = sendAnew(payer, request, switches);
			// A refusal is no message, so the key may be used again.
			if (answer.status < 300) answers.set(key, { rawBody, answer });
			return answer;
		},
		clear() {
			messages = [];
			answers = new Map();
		},
	};
}
