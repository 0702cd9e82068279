import type { INodeParameters } from 'n8n-workflow';

import { type Sandbox, startSandbox, type TrunkSeed } from '../../sandbox';
import {
	type Account,
	builtIn,
	crazytel,
	httpRequest,
	httpRequestBatching,
	httpRequestInLoop,
	suspendByUsername,
	withIds,
} from '../arms';
import type { Row } from '../goals';
import type { Flow, Stage } from '../stage';

const PER_MINUTE = 60;
const SUSPENSIONS = 300;
const SYNCED = 500;
const CHANGED = 5;

/** What kind of window Crazytel has is not known, so one round goes against each. */
const WINDOWS = ['sliding', 'fixed'] as const;

/** A job of which the sandbox can say how much of it was done. */
interface Job {
	trunks: TrunkSeed[];
	/** The items, from the trunks as they are at the start. */
	items(sandbox: Sandbox): object[];
	/** How many of the trunks are as they were wanted. */
	done(sandbox: Sandbox): number;
	flows: Record<string, (account: Account) => Flow>;
}

const suspensions: Job = {
	trunks: Array.from({ length: SUSPENSIONS }, () => ({})),
	items: (sandbox) => sandbox.trunks().map(({ username }) => ({ username })),
	done: (sandbox) => sandbox.trunks().filter(({ enabled }) => !enabled).length,
	flows: {
		Crazytel: (account) => crazytel(account, suspendByUsername),
		'HTTP Request': (account) => withIds(httpRequest(account), account, 'username'),
		'HTTP Request, batching': (account) => withIds(httpRequestBatching(account), account, 'username'),
		'Loop Over Items and Wait': (account) => withIds(httpRequestInLoop(account, { waits: true }), account, 'username'),
		GraphQL: (account) => withIds(builtIn(account), account, 'username'),
	},
};

/** A list of customers against trunks of which five differ from it. */
const upsert: INodeParameters = {
	operation: 'upsert',
	trunkDescription: '={{ $json.description }}',
	callerIdNumber: '={{ $json.caller_id_number }}',
	additionalFields: { hideCallerId: '={{ $json.hide_caller_id }}' },
	options: { onlyIfChanged: true },
};
const wanted = '={{ { caller_id_number: $json.caller_id_number, hide_caller_id: $json.hide_caller_id } }}';
const isChanged = (index: number) => index % (SYNCED / CHANGED) === 0;

const sync: Job = {
	trunks: Array.from({ length: SYNCED }, (_, index) => ({
		description: `Customer ${index}`,
		caller_id_number: '61291234567',
		hide_caller_id: isChanged(index),
	})),
	items: (sandbox) =>
		sandbox
			.trunks()
			.map(({ description, caller_id_number }) => ({ description, caller_id_number, hide_caller_id: false })),
	done: (sandbox) => sandbox.trunks().filter((trunk) => !trunk.hide_caller_id).length,
	flows: {
		Crazytel: (account) => crazytel(account, upsert),
		'HTTP Request': (account) => withIds(httpRequest(account, wanted), account, 'description'),
		'HTTP Request, batching': (account) => withIds(httpRequestBatching(account, wanted), account, 'description'),
	},
};

/** 300 suspensions by username under the real limit. */
export async function* measureSuspensions(stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	yield* play(stage, suspensions, say);
}

/** 500 trunks, of which five differ from the list, under the real limit. */
export async function* measureSync(stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	yield* play(stage, sync, say);
}

async function* play(stage: Stage, job: Job, say: (line: string) => void): AsyncGenerator<Row[]> {
	for (const window of WINDOWS) {
		// All at once: what they do is wait, and each has an account of its own.
		const round = Object.entries(job.flows).map(async ([arm, flowFor]) => {
			const row = { window, arm, ...(await once(stage, job, window, flowFor)) };
			say(`  ${arm}, ${window} window: done`);
			return row;
		});
		yield await Promise.all(round);
	}
}

/** An account of its own each time: neither side remembers the run before. */
async function once(
	stage: Stage,
	job: Job,
	rateWindow: (typeof WINDOWS)[number],
	flowFor: (account: Account) => Flow,
): Promise<Row> {
	const sandbox = await startSandbox({ trunks: job.trunks, switches: { rateLimit: PER_MINUTE, rateWindow } });
	try {
		const account = { url: sandbox.url, ...(await stage.credentialsFor(sandbox, PER_MINUTE)) };
		const flow = await stage.prepare(flowFor(account));
		const items = job.items(sandbox);
		const { ms, status, error } = await flow.run(items);
		const { requests } = sandbox;
		const floorSeconds = Math.floor((requests.length - 1) / PER_MINUTE) * 60;
		return {
			items: items.length,
			done: job.done(sandbox),
			requests: requests.length,
			refused: requests.filter((request) => request.status === 429).length,
			seconds: ms / 1000,
			// So many requests fit into one minute after the other, at the earliest.
			floorSeconds,
			status: error === undefined ? status : `${status}: ${error}`,
		};
	} finally {
		await sandbox.close();
	}
}
