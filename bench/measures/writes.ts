import type { INodeParameters } from 'n8n-workflow';

import { type Sandbox, startSandbox } from '../../sandbox';
import { type Account, crazytel, httpRequestTo, nothing } from '../arms';
import type { Row } from '../goals';
import { type Contestant, takeTurns } from '../rounds';
import type { Flow, Stage } from '../stage';
import { rowsOf, type Sample } from './overhead';

const ITEMS = 1000;
const SENDER = '61412345678';

/** A write that is not one of trunks, as our node does it and as HTTP Request does the same. */
interface Job {
	ours: INodeParameters;
	theirs(account: Account): Flow;
	/** What our node reads beside, once a run. */
	lookUps: number;
	/** @param round told apart from all others, as what is sent once is not sent again */
	items(round: number): object[];
	seed(sandbox: Sandbox): void;
	done(sandbox: Sandbox, round: number): number;
}

const jobs: Record<string, Job> = {
	'SMS, each with an idempotency key': {
		ours: {
			resource: 'sms',
			operation: 'send',
			from: SENDER,
			to: '={{ $json.to }}',
			text: '={{ $json.text }}',
			options: { idempotencyKey: '={{ $json.key }}' },
		},
		theirs: (account) =>
			httpRequestTo(account, '/api/v2/sms/send', {
				method: 'POST',
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'Idempotency-Key', value: '={{ $json.key }}' }] },
				jsonBody: `={{ JSON.stringify({ from: '${SENDER}', to: $json.to, text: $json.text }) }}`,
			}),
		lookUps: 1,
		items: (round) =>
			numbered((index) => ({ to: numberAt(index), text: `Your order ${index} is ready.`, key: `${round}-${index}` })),
		seed: () => {},
		done: (sandbox, round) => sandbox.messages().filter(({ key }) => key?.startsWith(`${round}-`)).length,
	},
	'updates of a phone number': {
		ours: {
			resource: 'phoneNumber',
			operation: 'update',
			phoneNumber: { __rl: true, mode: 'number', value: '={{ $json.number }}' },
			updateFields: { description: '={{ $json.description }}' },
		},
		theirs: (account) =>
			httpRequestTo(account, '/api/v1/phone-numbers', {
				method: 'PATCH',
				jsonBody: '={{ JSON.stringify({ did_number: $json.number, description: $json.description }) }}',
			}),
		lookUps: 1,
		items: (round) =>
			numbered((index) => ({ number: numberAt(index), description: `Customer ${index} of round ${round}` })),
		seed: (sandbox) => void numbered((index) => sandbox.numbers.add({ did_number: numberAt(index) })),
		done: (sandbox, round) =>
			sandbox.numbers.owned().filter(({ description }) => description?.endsWith(` of round ${round}`)).length,
	},
};

/** What an item of other resources costs without any limit, against the same requests by HTTP Request. */
export async function* measureWrites(stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	const sandbox = await startSandbox({ switches: { rateLimit: 0 } });
	try {
		const account = { url: sandbox.url, ...(await stage.credentialsFor(sandbox, 0)) };
		let round = 0;
		for (const [job, { ours, theirs, lookUps, items, seed, done }] of Object.entries(jobs)) {
			const flows: Array<{ arm: string; flow: Flow; requests: number }> = [
				{ arm: 'Crazytel', flow: crazytel(account, ours), requests: ITEMS + lookUps },
				{ arm: 'HTTP Request', flow: theirs(account), requests: ITEMS },
				{ arm: 'nothing', flow: nothing(), requests: 0 },
			];
			const sent = new Map<string, number>();
			const contestants = flows.map(async ({ arm, flow, requests }): Promise<Contestant<Sample>> => {
				const ready = await stage.prepare(flow);
				return {
					arm,
					async run() {
						round += 1;
						sandbox.reset();
						seed(sandbox);
						const { ms, cpuMs } = await ready.run(items(round));
						const did = done(sandbox, round);
						if (arm !== 'nothing' && did !== ITEMS) throw new Error(`${arm} has done ${did} of ${ITEMS}: ${job}.`);
						sent.set(arm, Math.max(sent.get(arm) ?? 0, sandbox.requests.length - requests));
						return { ms, cpuMs };
					},
				};
			});
			const results = await takeTurns(await Promise.all(contestants), { rounds: 10, warmUps: 1 });
			yield rowsOf({ job, items: ITEMS }, results).map((row) => ({
				...row,
				requestsTooMany: sent.get(String(row.arm)),
			}));
			say(`  ${job}: done`);
		}
	} finally {
		await sandbox.close();
	}
}

function numbered<Value>(of: (index: number) => Value): Value[] {
	return Array.from({ length: ITEMS }, (_, index) => of(index));
}

function numberAt(index: number): string {
	return `614910${String(index).padStart(5, '0')}`;
}
