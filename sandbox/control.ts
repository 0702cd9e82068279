import express, { type ErrorRequestHandler, type Router } from 'express';
import { z } from 'zod';
import type { Account, TrunkSeed } from './account';
import { showTrunk } from './answers';
import { balanceOf } from './balance';
import { requestKinds } from './endpoints';
import { explain } from './explain';
import { readCallRecords } from './storedCallRecord';
import type { Faults } from './faults';
import type { RequestLog } from './requestLog';
import type { Sms } from './sms';
import type { Switches } from './switches';

/** What the control endpoint may look at and change. */
export interface ControlParts {
	account: Account;
	sms: Sms;
	faults: Faults;
	log: RequestLog;
	switches: () => Switches;
	/** Throws an Error with a sentence that says what is wrong. */
	set: (change: unknown) => void;
	reset: () => void;
}

const seedSchema = z
	.object({
		id: z.string().uuid(),
		username: z.string().min(1),
		password: z.string(),
		caller_id_number: z.string(),
		enabled: z.boolean(),
		area_code: z.string().nullable(),
		description: z.string().nullable(),
		hide_caller_id: z.boolean(),
		sms_sender: z.string().nullable(),
		softphone_show_balance: z.boolean(),
		softphone_sync_sms: z.boolean(),
	})
	.partial()
	.strict();

function readSeed(body: unknown): TrunkSeed {
	const result = seedSchema.safeParse(body ?? {});
	if (!result.success) throw new Error(explain('the trunk', result.error));
	return result.data;
}

function readVerified(body: unknown): string[] {
	const result = z.array(z.string().regex(/^\d+$/, 'must be digits such as 61291234567')).safeParse(body);
	if (!result.success) throw new Error(explain('the verified numbers', result.error));
	return result.data;
}

function showState({ account, sms, faults, log, switches }: ControlParts): object {
	const counts = requestKinds.map((kind) => [kind, log.requests.filter((request) => request.kind === kind).length]);
	return {
		trunks: account.trunks().map((trunk) => showTrunk(trunk, { echoPassword: false })),
		verifiedNumbers: account.verifiedNumbers(),
		balance: balanceOf(account, switches()),
		messages: sms.sent(),
		switches: switches(),
		faults: faults.pending(),
		requests: { total: log.requests.length, ...Object.fromEntries(counts) },
	};
}

/**
 * The control endpoint under /_sandbox/: look at a running sandbox and change it. It asks for no
 * key, as only this computer reaches it. What it cannot read it answers with 400 and
 * {"error": "<what is wrong>"}; passwords are never shown.
 */
export function createControl(parts: ControlParts): Router {
	const { account, faults } = parts;
	const router = express.Router();
	router.use(express.json({ type: () => true, strict: false, limit: '1mb' }));

	router.get('/state', (_request, response) => {
		response.json(showState(parts));
	});
	router.patch('/switches', (request, response) => {
		parts.set(request.body ?? {});
		response.json(parts.switches());
	});
	router.post('/faults', (request, response) => {
		faults.add(request.body ?? {});
		response.status(201).json(faults.pending());
	});
	router.delete('/faults', (_request, response) => {
		faults.clear();
		response.json(faults.pending());
	});
	router.post('/trunks', (request, response) => {
		const trunk = account.add(readSeed(request.body));
		response.status(201).json(showTrunk(trunk, { echoPassword: false }));
	});
	router.put('/verified-numbers', (request, response) => {
		account.verify(readVerified(request.body));
		response.json(account.verifiedNumbers());
	});
	router.post('/call-records', (request, response) => {
		const records = readCallRecords(request.body);
		account.addCallRecords(records);
		response.status(201).json({ added: records.length });
	});
	router.post('/reset', (_request, response) => {
		parts.reset();
		response.json(showState(parts));
	});
	router.use((_request, response) => {
		response.status(404).json({
			error:
				'The control endpoint has GET state, PATCH switches, POST faults, DELETE faults, ' +
				'POST trunks, PUT verified-numbers, POST call-records and POST reset.',
		});
	});

	const fail: ErrorRequestHandler = (error: Error, _request, response, next) => {
		if (response.headersSent) return next(error);
		const message = error instanceof SyntaxError ? 'The body is not JSON.' : error.message;
		response.status(400).json({ error: message });
	};
	return router.use(fail);
}
