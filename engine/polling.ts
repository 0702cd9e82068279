/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import './boot';

import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';

import { commitStagedCursor, PollContext, runPollInStagingScope, TriggersAndPollers } from 'n8n-core';
// Not exported by n8n-core, and what activates workflows in a real n8n.
import { ActiveWorkflowTriggers } from 'n8n-core/dist/execution-engine/active-workflow-triggers';
import { ScheduledTaskManager } from 'n8n-core/dist/execution-engine/scheduled-task-manager';
import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	UserError,
	Workflow,
} from 'n8n-workflow';

import { additionalDataOf } from './additionalData';
import { CRAZYTEL_TRIGGER, type LoadedPackage } from './index';

/**
 * How an n8n keeps what a poll leaves:
 * - `default`: in the workflow that is active, and in the database where a poll has given something
 * - `scheduled`: n8n 2.37 and newer with its scheduler: each poll reads the database anew, which is written as above
 * - `durable`: with N8N_POLLER_DURABLE_CURSORS_ENABLED: in the database after each poll
 */
export type Keeping = 'default' | 'scheduled' | 'durable';

export interface Poller {
	/** Publishes the workflow: n8n polls once. @throws what n8n shows where that fails */
	activate(): Promise<void>;
	/** What the poll at activation has given; null where nothing. */
	givenAtActivation(): IDataObject[] | null;
	/** One scheduled poll. @returns what it has given, null where nothing; throws what n8n hands to the error workflow */
	tick(): Promise<IDataObject[] | null>;
	/** A poll of the active workflow that does not wait for others, as the schedule begins them. @returns what it has given */
	poll(): Promise<IDataObject[] | null>;
	/** n8n dies, and comes back with what its database has. */
	restart(): Promise<void>;
	/** What the database has of the node. */
	saved(): IDataObject;
	/** What the next poll gives is lost, as n8n dies before it has saved anything of it. */
	loseNextEmission(): void;
	/** Changes the node's fields, as publishing a new version does. */
	setParameters(parameters: INodeParameters): void;
	setCredential(credential: ICredentialDataDecryptedObject): void;
}

/** n8n-core's own: another version may lie beside it. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(of: abstract new (...args: never[]) => T): T };
};

/** As n8n 2.41 computes it from its defaults. */
const DURABLE_BUDGET_MS = 36_000;

let count = 0;

/**
 * A workflow with a Crazytel Trigger, in n8n's own polling. Its contexts are built as n8n's trigger-execution-context.factory
 * does, which is not in a package of its own.
 */
export function createPoller(
	{ trigger, credential: credentialType }: LoadedPackage,
	setting: {
		parameters: INodeParameters;
		credential: ICredentialDataDecryptedObject;
		keeping: Keeping;
		timezone?: string;
		node?: Partial<INode>;
	},
): Poller {
	const { keeping } = setting;
	const workflowId = `polling-${++count}`;
	let { parameters } = setting;
	const credential = { ...setting.credential };
	/** What the database has. */
	let saved: IDataObject = {};
	let cursor: IDataObject | undefined;
	let processes = 0;
	let losesNext = false;
	let tickOf: (() => void) | undefined;
	let given: INodeExecutionData[][] | undefined;
	let failed: Error | undefined;
	let onEnd: () => void = () => {};
	let givenFirst: IDataObject[] | null = null;
	const itemsGiven = (): IDataObject[] | null => given?.[0]?.map(({ json }) => json) ?? null;

	const nodeTypes = { getByName: () => trigger, getByNameAndVersion: () => trigger, getKnownTypes: () => ({}) };
	const node = (): INode => ({
		id: `trigger-${processes}`,
		name: 'Crazytel Trigger',
		type: CRAZYTEL_TRIGGER,
		typeVersion: 1,
		position: [0, 0],
		parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
		credentials: { crazytelApi: { id: '1', name: 'Crazytel' } },
		...setting.node,
	});
	const load = (): Workflow =>
		new Workflow({
			id: workflowId,
			name: workflowId,
			nodes: [node()],
			connections: {},
			active: true,
			nodeTypes,
			staticData: JSON.parse(JSON.stringify(saved)) as IDataObject,
			settings: setting.timezone === undefined ? {} : { timezone: setting.timezone },
		});
	const save = (workflow: Workflow): void =>
		void (saved = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject);
	let active = load();

	const contextOf = (workflow: Workflow, isLeased: boolean): PollContext => {
		const [its] = Object.values(workflow.nodes) as [INode];
		const staged = new AsyncLocalStorage<{ snapshot: IDataObject; seed: string }>();
		const isChanged = () => {
			const store = staged.getStore();
			return store !== undefined && JSON.stringify(store.snapshot) !== store.seed ? store.snapshot : undefined;
		};
		const emit = (data: INodeExecutionData[][]): void => {
			if (losesNext) {
				losesNext = false;
				return;
			}
			given = data;
			const next = isChanged();
			if (keeping === 'durable')
				cursor = next === undefined ? cursor : (JSON.parse(JSON.stringify(next)) as IDataObject);
			else save(workflow);
		};
		const emitError = (error: Error): void => void (failed = error);
		const commit = async (): Promise<void> => {
			const next = isChanged();
			if (next !== undefined) cursor = JSON.parse(JSON.stringify(next)) as IDataObject;
		};
		const additionalData = additionalDataOf(credentialType, credential, workflow);
		if (keeping !== 'durable') {
			return new PollContext(
				workflow,
				its,
				additionalData,
				'trigger',
				'activate',
				emit,
				emitError,
				undefined,
				undefined,
				undefined,
				isLeased ? () => DURABLE_BUDGET_MS : undefined,
			);
		}
		const runPoll = async <T>(poll: () => Promise<T>): Promise<T> => {
			cursor ??= JSON.parse(JSON.stringify(workflow.getStaticData('node', its))) as IDataObject;
			return await staged.run(
				{ snapshot: JSON.parse(JSON.stringify(cursor)) as IDataObject, seed: JSON.stringify(cursor) },
				poll,
			);
		};
		const staticData = (): IDataObject => {
			const store = staged.getStore();
			if (store === undefined) throw new UserError('Poll node read its static data outside of a poll');
			return store.snapshot;
		};
		return new PollContext(
			workflow,
			its,
			additionalData,
			'trigger',
			'update',
			emit,
			emitError,
			commit,
			runPoll,
			staticData,
			isLeased ? () => DURABLE_BUDGET_MS : undefined,
		);
	};

	/** A poll of n8n's scheduler, as its poll-trigger-task-handler does it. */
	const scheduledPoll = async (): Promise<void> => {
		const workflow = load();
		const context = contextOf(workflow, true);
		const [its] = Object.values(workflow.nodes) as [INode];
		try {
			await runPollInStagingScope(context, async () => {
				const answer = await Container.get(TriggersAndPollers).runPollFunction(workflow, its, context);
				if (answer !== null) context.__emit(answer);
				else await commitStagedCursor(context);
			});
		} catch (error) {
			failed = error as Error;
		}
	};

	const triggers = Container.get(ActiveWorkflowTriggers);
	const tasks = Container.get(ScheduledTaskManager);
	return {
		async activate() {
			active = load();
			given = undefined;
			const register = tasks.register.bind(tasks);
			// No minute passes here: the test says when the schedule fires.
			tasks.register = (_context, onTick) => {
				tickOf = () => void onTick(new Date());
				return true;
			};
			try {
				await triggers.addAllTriggers(
					workflowId,
					active,
					additionalDataOf(credentialType, credential, active),
					'trigger',
					'activate',
					() => {
						throw new UserError('It has no trigger of another sort');
					},
					(workflow) => contextOf(workflow, false),
				);
			} finally {
				tasks.register = register;
			}
			givenFirst = itemsGiven();
			if (keeping !== 'durable') save(active);
		},
		givenAtActivation: () => givenFirst,
		async tick() {
			given = undefined;
			failed = undefined;
			if (keeping !== 'default') await scheduledPoll();
			else {
				if (tickOf === undefined) throw new UserError('The workflow is not active');
				const running = Container.get(TriggersAndPollers);
				const runPollFunction = running.runPollFunction.bind(running);
				const ended = new Promise<void>((resolve) => (onEnd = resolve));
				// n8n tells nobody when a scheduled poll has ended.
				running.runPollFunction = async (...of) => {
					running.runPollFunction = runPollFunction;
					return await runPollFunction(...of).finally(() => setImmediate(onEnd));
				};
				tickOf();
				await ended;
			}
			if (failed !== undefined) throw failed;
			return itemsGiven();
		},
		async poll() {
			const [its] = Object.values(active.nodes) as [INode];
			const answer = await Container.get(TriggersAndPollers).runPollFunction(active, its, contextOf(active, false));
			return answer?.[0]?.map(({ json }) => json) ?? null;
		},
		async restart() {
			await triggers.remove(workflowId);
			processes++;
			await this.activate();
		},
		saved: () => (keeping === 'durable' ? (cursor ?? {}) : ((saved['node:Crazytel Trigger'] ?? {}) as IDataObject)),
		loseNextEmission: () => void (losesNext = true),
		setParameters: (changed) => void (parameters = changed),
		setCredential: (changed) => void Object.assign(credential, changed),
	};
}
