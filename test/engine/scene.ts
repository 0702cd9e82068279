import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type IRun,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { createEngine, crazytelNode, type Engine, itemsOf, loadPackage, sourceNode } from '../../engine';
import type { RequestKind, Sandbox } from '../../sandbox';
import { driveClock } from './drivenClock';

/** What a run of items → Crazytel → a node on each branch has brought. */
export interface Scene {
	run: IRun;
	/** What came out of the success branch, after the node behind it. */
	good: IDataObject[];
	/** What came out of the error branch, after the node behind it. */
	failed: IDataObject[];
	/** The error that stopped the run. */
	error: (Error & { description?: string; httpCode?: string; context: IDataObject }) | undefined;
	/** All that it says, as one reads it: the headline, and what stands below. */
	told: string;
	/** What n8n would store: everything but the items that were put in. */
	stored: string;
}

export interface Setting {
	items: IDataObject[];
	parameters: INodeParameters;
	node?: Partial<INode>;
	credential?: ICredentialDataDecryptedObject;
	/** Of the workflow. */
	timezone?: string;
}

/** The clock of the node, and of the sandboxes that are given it. */
export const time = driveClock();

let engine: Promise<Engine> | undefined;

/** The engine with the built package; loaded once a test file. */
export async function theEngine(): Promise<Engine> {
	return await (engine ??= loadPackage().then(createEngine));
}

export function credentialOf(sandbox: Sandbox): ICredentialDataDecryptedObject {
	return { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute: 0 };
}

/** What the user is told beside the output. */
export function hintsOf({ run }: Scene): string[] {
	return (run.data.resultData.runData.Crazytel?.[0]?.hints ?? []).map(({ message }) => message);
}

/** How many requests of each kind reached the sandbox. */
export function countOf(sandbox: Sandbox, kind: RequestKind): number {
	return sandbox.requests.filter((request) => request.kind === kind).length;
}

/** Starts the run; `execution.cancel()` is n8n's Stop button. */
export async function start(sandbox: Sandbox, { items, parameters, node, credential, timezone }: Setting) {
	const main = (name: string) => [{ node: name, type: NodeConnectionTypes.Main, index: 0 }];
	const look = (name: string): INode => ({
		id: name,
		name,
		type: 'engine.look',
		typeVersion: 1,
		position: [0, 0],
		parameters: { value: "={{ $('Rows').item.json.row }}" },
	});
	const rows = sourceNode(
		'Rows',
		items.map((item, row) => ({ row, ...item })),
	);
	const execution = (await theEngine()).run({
		nodes: [rows, crazytelNode('Crazytel', parameters, node), look('Good'), look('Failed')],
		connections: {
			Rows: { main: [main('Crazytel')] },
			Crazytel: { main: [main('Good'), main('Failed')] },
		},
		credential: credential ?? credentialOf(sandbox),
		...(timezone !== undefined && { settings: { timezone } }),
	});
	// In an object, because awaiting this function would await the execution as well.
	return { execution };
}

/** Runs the items through a Crazytel node in n8n's engine, with a node behind each branch. */
export async function play(sandbox: Sandbox, setting: Setting): Promise<Scene> {
	const { execution } = await start(sandbox, setting);
	return sceneOf(await execution);
}

/** The words of an error as one reads them. */
export function toldBy(error: { message?: string; description?: string | null | undefined } = {}): string {
	return [error.message ?? '', ...linesOf(error.description)].join(' ').trim();
}

/** The description of an error, which is HTML, in the lines that one sees. */
export function linesOf(description: string | null | undefined): string[] {
	const lines = (description ?? '').split(/<br>|<\/?ul>|<\/?li>/).filter((line) => line !== '');
	expect(lines.filter((line) => /[<>`]/.test(line))).toEqual([]);
	return lines.map((line) => line.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))));
}

export function sceneOf(run: IRun): Scene {
	const { resultData } = run.data;
	const runData = Object.fromEntries(Object.entries(resultData.runData).filter(([node]) => node !== 'Rows'));
	return {
		run,
		good: itemsOf(run, 'Good').map(({ json }) => json),
		failed: itemsOf(run, 'Failed').map(({ json }) => json),
		error: run.data.resultData.error as Scene['error'],
		told: toldBy(run.data.resultData.error),
		stored: JSON.stringify({ ...run, data: { ...run.data, resultData: { ...resultData, runData } } }),
	};
}

/** The writes among the requests that reached the sandbox, as `METHOD path body`. */
export function writes(sandbox: Sandbox): string[] {
	return sandbox.requests
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path, rawBody }) => `${method} ${path} ${rawBody}`);
}
