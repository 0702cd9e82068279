/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ICredentialDataDecryptedObject, INode, INodeType, VersionedNodeType } from 'n8n-workflow';

import { createEngine, loadPackage } from '../engine';
import { node } from '../e2e/tests/scene';
import { to } from './stage';

/** What is to be run, on the standard input. */
export interface Question {
	/** Gets the items; the only node behind their source. */
	worker: INode;
	credential: ICredentialDataDecryptedObject;
	/** Go before, so that what is loaded only once does not count. */
	warmUp: object[];
	items: object[];
	/** The package.json of n8n's own nodes. */
	builtIn: string;
}

/** The connections of a run stay open for five seconds. */
const SETTLING_MS = 6000;
const LOOK_EVERY_MS = 250;

/**
 * Prints the most that lives on the heap while n8n's engine runs the items, in bytes above what
 * lived there before. In a Node of its own with --expose-gc: in a whole n8n, what comes and goes
 * beside a run is more than what our node takes.
 */
async function main({ worker, credential, warmUp, items, builtIn }: Question): Promise<void> {
	const { HttpRequest } = createRequire(builtIn)('./dist/nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => VersionedNodeType;
	};
	const httpRequest = new HttpRequest().nodeVersions[4.2] as INodeType;
	const engine = createEngine(await loadPackage(), { 'n8n-nodes-base.httpRequest': httpRequest });

	const run = async (some: object[]) => {
		const source = node('Items', 'engine.source', 1, { items: some as unknown as string });
		return await engine.run({ nodes: [source, worker], connections: { [source.name]: to(worker.name) }, credential });
	};

	await run(warmUp);
	await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
	const before = liveBytes();
	let most = before;
	const look = () => {
		most = Math.max(most, liveBytes());
	};
	const timer = setInterval(look, LOOK_EVERY_MS);
	const { status, data } = await run(items);
	look();
	clearInterval(timer);
	// Only now, so that what the run holds at its end was alive for the last look.
	if (status !== 'success') throw data.resultData.error ?? new Error(`The run has ended as ${status}.`);
	process.stdout.write(String(most - before));
}

function liveBytes(): number {
	const { gc } = globalThis;
	if (gc === undefined) throw new Error('The heap is measured with --expose-gc only.');
	// Once is not always enough for all that is dead.
	for (let time = 0; time < 2; time++) gc();
	return process.memoryUsage().heapUsed;
}

main(JSON.parse(readFileSync(0, 'utf8')) as Question).catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
