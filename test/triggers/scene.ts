import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { CRAZYTEL_TRIGGER, type Engine, createEngine, type LoadedPackage, loadPackage } from '../../engine';
import { createPoller, type Keeping, type Poller } from '../../engine/polling';
import type { clock as nodeClock } from '../../nodes/Crazytel/api/clock';
import type { Sandbox } from '../../sandbox';
import { credentialOf, time, toldBy } from '../engine/scene';

export { credentialOf, time };

export const HOUR_MS = 3_600_000;

let loaded: Promise<LoadedPackage> | undefined;
let engine: Engine | undefined;

/** A workflow with a Crazytel Trigger for this account, not active yet. */
export async function pollerOf(
	sandbox: Sandbox,
	parameters: INodeParameters,
	keeping: Keeping = 'default',
	more: { timezone?: string; credential?: ICredentialDataDecryptedObject } = {},
): Promise<Poller> {
	const { credential = credentialOf(sandbox), ...rest } = more;
	return createPoller(await (loaded ??= loadPackage()), { parameters, credential, keeping, ...rest });
}

/** What a failure says, and how n8n is to take it. */
export interface Failed {
	told: string;
	cause: unknown;
	retryAfterMs?: unknown;
	httpCode: unknown;
	name: string;
}

/** The failure of a poll; throws where it did not fail. */
export async function failureOf(poll: Promise<unknown>): Promise<Failed> {
	const outcome = await poll.then(
		(items) => ({ items }),
		(
			error: Error & { cause?: unknown; failure?: { cause: string; retryAfterMs?: number }; httpCode?: string | null },
		) => ({ error }),
	);
	if ('items' in outcome) throw new Error(`It did not fail, and gave ${JSON.stringify(outcome.items)}`);
	const { error } = outcome;
	// Of an activation n8n makes another error of it.
	const inner = (error.failure === undefined && error.cause instanceof Error ? error.cause : error) as typeof error;
	return {
		told: toldBy(error),
		cause: inner.failure?.cause,
		retryAfterMs: inner.failure?.retryAfterMs,
		httpCode: inner.httpCode,
		name: inner.name,
	};
}

/** Time goes by, for the node and the sandbox. */
export async function pass(ms: number): Promise<void> {
	const { clock } = jest.requireActual<{ clock: typeof nodeClock }>('../../dist/nodes/Crazytel/api/clock.js');
	await clock.wait(ms);
}

/** Fetch Test Event: the node alone, run by hand. @returns its items */
export async function fetchTestEvent(sandbox: Sandbox, parameters: INodeParameters): Promise<IDataObject[]> {
	engine ??= createEngine(await (loaded ??= loadPackage()));
	const node: INode = {
		id: 'trigger',
		name: 'Crazytel Trigger',
		type: CRAZYTEL_TRIGGER,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { crazytelApi: { id: '1', name: 'Crazytel' } },
	};
	const run = await engine.run({ nodes: [node], connections: {}, credential: credentialOf(sandbox), mode: 'manual' });
	if (run.data.resultData.error !== undefined) throw run.data.resultData.error;
	return run.data.resultData.runData['Crazytel Trigger']?.[0]?.data?.main?.[0]?.map(({ json }) => json) ?? [];
}
