import express, { type Request } from 'express';

import { type RecordedRequest, defaultSwitches } from '../../../sandbox';
import { type Answer, errorAnswer, jsonAnswer } from '../../../sandbox/answers';
import { send } from '../../../sandbox/delivery';
import { openDoor } from '../../../sandbox/door';
import { createFaults } from '../../../sandbox/faults';
import { playFault } from '../../../sandbox/playFault';
import { createRequestLog } from '../../../sandbox/requestLog';
import { createWaiting } from '../../../sandbox/waiting';
import { time } from '../../engine/scene';
import type { Server } from '../example';

/** A server with what the API has none of yet: something that is done once and cannot be looked for. */
export interface TrialServer extends Server {
	/** Whose bell was rung, once for each time. */
	readonly rung: string[];
	/** The most requests that were under way at once. */
	readonly most: number;
	/** What a good answer waits for. */
	hold?: () => Promise<void>;
}

/** Starts it on 127.0.0.1. It fails in the same ways as the sandbox, its requests are all of the kind `other`. */
export async function openTrial({ apiKey = 'trial-key', now = time.now } = {}): Promise<TrialServer> {
	const faults = createFaults();
	const log = createRequestLog();
	const { wait, callOff } = createWaiting();
	const rung: string[] = [];
	const keys = new Set<string>();
	let underWay = 0;
	let most = 0;

	const perform = ({ method, body, query, headers }: Request): Answer => {
		if (method === 'GET')
			return jsonAnswer(200, { of: query.of, knocks: query.knocks, answer: `Who is ${String(query.of)}?` });
		const { of, password } = JSON.parse(String(body)) as Record<string, string>;
		const key = headers['idempotency-key'];
		const hasKey = typeof key === 'string' && key !== '';
		const isNew = !hasKey || !keys.has(key);
		if (isNew) rung.push(String(of));
		if (hasKey) keys.add(key);
		return jsonAnswer(200, { of, password, isNew });
	};

	const app = express();
	app.use(express.text({ type: () => true }));
	app.use(async (request, response) => {
		const recorded: RecordedRequest = {
			method: request.method,
			path: request.originalUrl,
			headers: request.headers as Record<string, string>,
			rawBody: '',
			body: undefined,
			kind: 'other',
			at: now(),
			status: undefined,
		};
		log.add(recorded);
		log.fill(recorded, typeof request.body === 'string' ? request.body : '');
		most = Math.max(most, ++underWay);
		response.once('close', () => underWay--);
		const reply = { response, recorded };
		if (request.headers['x-crazytel-api-key'] !== apiKey)
			return send(reply, errorAnswer(401, 'Invalid API key', defaultSwitches));
		const play = faults.take('other');
		if (play === undefined) {
			await trial.hold?.();
			return send(reply, perform(request));
		}
		await playFault(play, {
			reply,
			perform: () => perform(request),
			recorded,
			switches: defaultSwitches,
			now: now(),
			wait,
		});
	});
	const door = await openDoor(0, app);

	const trial: TrialServer = {
		url: `http://127.0.0.1:${door.port}`,
		apiKey,
		requests: log.requests,
		rung,
		get most() {
			return most;
		},
		fault: (rule) => faults.add(rule),
		clearFaults: () => faults.clear(),
		refuse: async () => await door.shut(),
		accept: async () => await door.open(),
		async close() {
			callOff();
			await door.close();
		},
	};
	return trial;
}
