import { type Sandbox, startSandbox, type StoredTrunk } from '../../sandbox';
import { acceptCalls, type Calls, type CallsOptions } from './calls';
import { type QueueMode, startQueueMode } from './queueMode';

/** n8n in queue mode, its workers still to be started, and a sandbox that holds 200 trunks. */
export interface QueueScene {
	queue: QueueMode;
	sandbox: Sandbox;
	/** The 200 in 20 lists, for as many calls. */
	lists(): StoredTrunk[][];
	accept(options: Omit<CallsOptions, 'sandbox'>): Promise<Calls>;
	close(): Promise<void>;
}

export const LISTS = 20;
const LENGTH = 10;
export const TRUNKS = LISTS * LENGTH;

/** Starts all of it; nothing is left after close(). */
export async function openQueueScene(): Promise<QueueScene> {
	const sandbox = await startSandbox({
		trunks: Array.from({ length: TRUNKS }, (_, index) => ({ description: `Customer ${index}` })),
		switches: { rateLimit: 0 },
	});
	const queue = await startQueueMode('2.41').catch(async (error: Error) => {
		await sandbox.close();
		return error;
	});
	if (queue instanceof Error) throw queue;
	return {
		queue,
		sandbox,
		lists: () =>
			Array.from({ length: LISTS }, (_, index) => sandbox.trunks().slice(index * LENGTH, (index + 1) * LENGTH)),
		accept: async (options) => await acceptCalls(queue.main, { sandbox, ...options }),
		async close() {
			await queue.stop();
			await sandbox.close();
		},
	};
}

/** Parameters of a node that suspends the trunk of each item. */
export const suspending = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

/** The addresses of the trunks that were changed, one for each request. */
export function updates({ sandbox }: QueueScene): string[] {
	return sandbox.requests.filter(({ kind }) => kind === 'update').map(({ path }) => path);
}

export function suspended({ sandbox }: QueueScene): StoredTrunk[] {
	return sandbox.trunks().filter(({ enabled }) => !enabled);
}
