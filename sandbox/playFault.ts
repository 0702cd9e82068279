/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { STATUS_CODES } from 'node:http';
import { emptyAnswer, errorAnswer, htmlAnswer, jsonAnswer, limitedAnswer, type Answer } from './answers';
import { hangUp, send, sendBig, sendCutOff, sendDrip, switchProtocols, type Reply } from './delivery';
import type { Play } from './faults';
import type { RecordedRequest } from './requestLog';
import type { Switches } from './switches';
import type { Wait } from './waiting';

/** What a fault needs to know of the request it is played on. */
export interface Scene {
	reply: Reply;
	recorded: RecordedRequest;
	/** Lets the request take effect, at most once. */
	perform: () => Answer;
	switches: Switches;
	now: number;
	wait: Wait;
}

/**
 * A 422 that hands back all it was sent, secrets too, in the forms in which servers and their
 * debug pages write a value: as it is, JSON inside JSON, for a URL, in base64, as a key.
 */
function echoAnswer({ headers, body, rawBody }: RecordedRequest): Answer {
	const key = headers['x-crazytel-api-key'] ?? '';
	const sent = typeof body === 'object' && body !== null ? Object.entries(body) : [];
	const detail = sent.map(([field, input]) => ({
		loc: ['body', field],
		msg: `Refused: ${String(input)}`,
		type: 'value_error',
		input,
	}));
	const forms = [key, ...sent.map(([, input]) => String(input))].flatMap((value) => [
		encodeURIComponent(value),
		Buffer.from(value).toString('base64'),
		Buffer.from(value).toString('hex'),
	]);
	return jsonAnswer(422, { detail, request: rawBody, forms, [key]: key });
}

type StatusPlay = Exclude<Extract<Play, { status: number; body?: unknown }>, { bigMb: number }>;

const upstreamFailure = 'Error communicating with the Crazytel API';

/** A 2xx as a 200 with a JSON body, so that even a delete has a body to damage. */
function withBody(answer: Answer): Answer {
	if (answer.status >= 400) return answer;
	if (answer.text === '') return jsonAnswer(200, { message: 'SIP trunk deleted' });
	return { ...answer, status: 200 };
}

function statusAnswer({ status, body, headers = {} }: StatusPlay, switches: Switches): Answer {
	const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
	if (body === undefined) {
		if (status < 300) return jsonAnswer(status, {}, given);
		return errorAnswer(status, STATUS_CODES[status] ?? 'Unknown error', switches, given);
	}
	if (typeof body !== 'string') return jsonAnswer(status, body, given);
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...given }, text: body };
}

/**
 * Plays a fault on a request.
 *
 * @param play what goes wrong
 * @param scene the request; "after" means that it takes effect before things go wrong
 * @returns when the answer was sent or the connection ended
 */
export async function playFault(play: Play, scene: Scene): Promise<void> {
	const { reply, perform, recorded, switches, now, wait } = scene;
	if (typeof play === 'object') {
		if ('redirectTo' in play) {
			return send(reply, emptyAnswer(play.status ?? 302, { location: play.redirectTo }));
		}
		if ('slowMs' in play) {
			const early = play.after === false ? undefined : perform();
			await wait(play.slowMs);
			return send(reply, early ?? perform());
		}
		if ('dripMs' in play) {
			if (play.after) perform();
			return await sendDrip(reply, async () => await wait(play.dripMs));
		}
		if ('bigMb' in play) {
			const answer = play.status === undefined ? perform() : errorAnswer(play.status, 'Large', switches);
			return await sendBig(reply, answer, play.bigMb, play.gzip === true);
		}
		if (play.after) perform();
		if (play.status === 101) return switchProtocols(reply);
		return send(reply, statusAnswer(play, switches));
	}
	switch (play) {
		case 'lostReplyBefore':
			return hangUp(reply);
		case 'lostReplyAfter':
			perform();
			return hangUp(reply);
		case 'error500Before':
			return send(reply, errorAnswer(500, upstreamFailure, switches));
		case 'error500After':
			perform();
			return send(reply, errorAnswer(500, upstreamFailure, switches));
		case 'limited':
			return send(reply, limitedAnswer(switches.rateWindowMs, now, switches));
		case 'html':
			return send(reply, htmlAnswer(502));
		case 'html200':
			return send(reply, htmlAnswer(200));
		case 'truncatedJson': {
			const whole = withBody(perform());
			const text = whole.text.slice(0, Math.ceil(whole.text.length / 2));
			return send(reply, { ...whole, text });
		}
		case 'cutOff':
			return sendCutOff(reply, withBody(perform()));
		case 'empty200':
			perform();
			return send(reply, emptyAnswer(200));
		case 'echo422':
			return send(reply, echoAnswer(recorded));
	}
}
