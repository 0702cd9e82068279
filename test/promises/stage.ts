import { type IDataObject, type INode, type INodeParameters, NodeConnectionTypes } from 'n8n-workflow';

import { CRAZYTEL, createEngine, crazytelNode, type Engine, loadPackage } from '../../engine';
import { type RecordedRequest, startSandbox } from '../../sandbox';
import { type Scene, sceneOf, time } from '../engine/scene';
import type { Example, Server, WriteExample } from './example';
import { examples } from './examples';
import { trialExamples } from './trial/examples';
import { openTrial } from './trial/server';
import { trialNode, watchedNode } from './trial/nodes';

/** How a server is opened. */
interface Opening {
	apiKey?: string;
	/** The server's clock, at which it looks when a request arrives. */
	now?: () => number;
}

/** An example, and where it is played. */
export type Case<Played extends Example<Server> = Example<Server>> = Played & {
	name: string;
	resource: string;
	/** The type of the node that has the operation. */
	type: string;
	/** The type of one that does the same and keeps its plans. */
	watchedType: string;
	/** Opens an account as the items find it. */
	open(opening?: Opening): Promise<Server>;
};

const TRIAL = 'engine.trial';
const WATCHED = 'engine.watched';

/** Every example of the registry, and those of the trial resource. */
export const cases: Case[] = [
	...Object.entries(examples).flatMap(([resource, list]) =>
		list.map((example) =>
			caseOf(
				{ resource, type: CRAZYTEL, watchedType: WATCHED },
				example,
				async (opening) =>
					await startSandbox({ now: time.now, ...opening, switches: { rateLimit: 0, echoPassword: true } }),
			),
		),
	),
	...trialExamples.map((example) => caseOf({ resource: 'trial', type: TRIAL, watchedType: TRIAL }, example, openTrial)),
];

export const writers: Array<Case<WriteExample>> = cases.filter(isWriter);

export const readers: Case[] = cases.filter((one) => !isWriter(one));

/** Of what a run does alike for all of them: whether it reads, and how it may be repeated. */
const kinds = [...new Set(cases.map(kindOf))].map((kind) => cases.filter((example) => kindOf(example) === kind));

/** One example of each kind, others for each turn: for what does not differ between operations. */
export function oneOfEachKind(turn: number): Case[] {
	return kinds.flatMap((alike) => alike[turn % alike.length] ?? []);
}

function kindOf(example: Case): string {
	return `${example.effect} ${isWriter(example) && example.hasKey === true}`;
}

function isWriter(one: Case): one is Case<WriteExample> {
	return one.effect !== 'read';
}

function caseOf<Account extends Server>(
	place: Pick<Case, 'resource' | 'type' | 'watchedType'>,
	example: Example<Account>,
	open: (opening?: Opening) => Promise<Account>,
): Case {
	return {
		...(example as Example<Server>),
		...place,
		name: [place.resource, example.operation, example.of].filter((part) => part !== undefined).join(' '),
		async open(opening) {
			const account = await open(opening);
			example.seed(account);
			return account;
		},
	};
}

/** How an example is played; by default as it stands. */
export interface Playing {
	items?: IDataObject[];
	/** Added to the example's own. */
	options?: INodeParameters;
	parameters?: INodeParameters;
	node?: Partial<INode>;
	requestsPerMinute?: number;
}

let engine: Promise<Engine> | undefined;

/** Starts the run; `execution.cancel()` is n8n's Stop button. */
export async function start(
	{ url: baseUrl, apiKey }: Pick<Server, 'url' | 'apiKey'>,
	example: Case,
	{ items = example.items, options, parameters = {}, node, requestsPerMinute = 0 }: Playing = {},
) {
	engine ??= loadPackage().then((built) => createEngine(built, { [TRIAL]: trialNode, [WATCHED]: watchedNode }));
	const { resource, operation, type } = example;
	const entered: INodeParameters = { resource, operation, ...example.parameters, ...parameters };
	if (options !== undefined) entered.options = { ...(entered.options as INodeParameters), ...options };
	const main = (name: string) => [{ node: name, type: NodeConnectionTypes.Main, index: 0 }];
	const helper = (name: string, helperType: string, more: INodeParameters): INode => ({
		id: name,
		name,
		type: helperType,
		typeVersion: 1,
		position: [0, 0],
		parameters: more,
	});
	const look = { value: "={{ $('Rows').item.json.row }}" };
	const execution = (await engine).run({
		nodes: [
			helper('Rows', 'engine.source', { items: items.map((item, row) => ({ row, ...item })) as unknown as string }),
			crazytelNode('Crazytel', entered, { type, ...node }),
			helper('Good', 'engine.look', look),
			helper('Failed', 'engine.look', look),
		],
		connections: { Rows: { main: [main('Crazytel')] }, Crazytel: { main: [main('Good'), main('Failed')] } },
		credential: { apiKey, baseUrl, requestsPerMinute },
	});
	// In an object, because awaiting this function would await the execution as well.
	return { execution };
}

/** Runs an example through n8n's engine, with a node behind each branch that looks for its input. */
export async function play(server: Pick<Server, 'url' | 'apiKey'>, example: Case, playing?: Playing): Promise<Scene> {
	const { execution } = await start(server, example, playing);
	return sceneOf(await execution);
}

/** The requests that write, oldest first. */
export function writesOf({ requests }: Server): RecordedRequest[] {
	return requests.filter(({ method }) => method !== 'GET');
}

/** The operation's own requests. */
export function own({ requests }: Server, { on }: Case): RecordedRequest[] {
	return requests.filter(({ kind }) => kind === on);
}

/** A request that was sent in one line, with its secrets masked, as a dry run has to show it. */
export function line({ method, path, body }: RecordedRequest): string {
	return `${method} ${path} ${JSON.stringify(body, (key, value: unknown) => (isSecret(key) ? '***' : value))}`;
}

export function isSecret(name: string): boolean {
	return /password|secret|token|api_?key/i.test(name);
}

/** What a dry run shows of each item, as such lines. */
export async function plannedFor(server: Server, example: Case): Promise<string[]> {
	const { good } = await play(server, example, { options: { dryRun: true } });
	return good.map(({ request }) => {
		const { method, path, query, body } = request as { [part: string]: unknown; query?: Record<string, string> };
		const asked = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
		return `${String(method)} ${String(path)}${asked} ${JSON.stringify(body)}`;
	});
}
