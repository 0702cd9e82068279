/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test watches what happens meanwhile */
import { startSandbox, type Sandbox } from '../../sandbox';
import { countOf, credentialOf, sceneOf, start, time } from '../engine/scene';

const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now });
});

afterEach(async () => {
	time.onWait = undefined;
	await sandbox.close();
});

function manyTrunks(count: number): { id: string }[] {
	return Array.from({ length: count }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
}

function suspended(): number {
	return sandbox.trunks().filter(({ enabled }) => !enabled).length;
}

describe.each(['stopWorkflow', 'continueErrorOutput'] as const)('Stop, with %s', (onError) => {
	test('in the middle of a wait: the wait ends, nothing more is sent, and what was written is reported', async () => {
		const items = manyTrunks(130);
		const { execution } = await start(sandbox, {
			items,
			parameters: suspend,
			node: { onError },
			credential: { ...credentialOf(sandbox), requestsPerMinute: 60 },
		});
		time.onWait = () => {
			time.onWait = undefined;
			execution.cancel();
		};
		const { run, error } = sceneOf(await execution);

		expect(run.status).toBe('canceled');
		const done = suspended();
		expect(done).toBe(60);
		expect(countOf(sandbox, 'update')).toBe(60);
		if (onError === 'stopWorkflow') {
			expect(error?.message).toBe(
				'The execution was canceled. 60 of 130 items were written; see the details for which.',
			);
			expect(error?.description).toContain('Not sent: 70 items.');
			for (const { id, enabled } of sandbox.trunks()) {
				expect(error?.description?.includes(id)).toBe(!enabled);
			}
		} else {
			const output = run.data.resultData.runData.Crazytel?.[0]?.data?.main ?? [];
			expect(output[0]).toHaveLength(60);
			expect(output[1]).toHaveLength(70);
			expect(output[1]?.[0]?.json.error).toBe(
				'The execution was canceled before this item was sent. Nothing was written for it.',
			);
		}
	});

	test('before the first item is sent: nothing was written, and the run says so', async () => {
		const items = manyTrunks(2);
		const setting = {
			items,
			parameters: suspend,
			node: { onError },
			credential: { ...credentialOf(sandbox), requestsPerMinute: 2 },
		};
		await (
			await start(sandbox, setting)
		).execution;
		const before = sandbox.requests.length;
		const { execution } = await start(sandbox, setting);
		time.onWait = () => execution.cancel();
		const { run, error } = sceneOf(await execution);

		expect(run.status).toBe('canceled');
		expect(sandbox.requests).toHaveLength(before);
		if (onError === 'stopWorkflow') {
			expect(error?.message).toBe('The execution was canceled. No item was written.');
			expect(error?.description).toBe('Not sent: 2 items.');
		} else {
			expect(run.data.resultData.runData.Crazytel?.[0]?.data?.main?.[1]).toHaveLength(2);
		}
	});

	test('in the middle of 50 updates: those under way are finished, the others are not sent', async () => {
		sandbox.set({ latencyMs: 20 });
		const items = manyTrunks(50);
		const { execution } = await start(sandbox, { items, parameters: suspend, node: { onError } });
		const watch = setInterval(() => {
			if (sandbox.requests.length >= 15) execution.cancel();
		}, 1);
		const { run, told } = sceneOf(await execution);
		clearInterval(watch);

		expect(run.status).toBe('canceled');
		const sent = countOf(sandbox, 'update');
		expect(sent).toBeLessThan(50);
		expect(suspended()).toBe(sent);
		// Nothing was torn down: every request has had its answer.
		expect(sandbox.requests.map(({ status }) => status)).toStrictEqual(Array.from({ length: sent }, () => 200));
		if (onError === 'stopWorkflow') {
			expect(told).toContain(`${sent} of 50 items were written`);
		} else {
			expect(run.data.resultData.runData.Crazytel?.[0]?.data?.main?.[0]).toHaveLength(sent);
		}
	});

	test('before a try of Retry On Fail: that try sends nothing', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'update', times: 100, play: { status: 400 } });
		const { execution } = await start(sandbox, {
			items: [{ id }],
			parameters: suspend,
			node: { onError, retryOnFail: true, maxTries: 5, waitBetweenTries: 50 },
		});
		const watch = setInterval(() => {
			if (sandbox.requests.some(({ status }) => status === 400)) execution.cancel();
		}, 1);
		await execution;
		clearInterval(watch);

		expect(countOf(sandbox, 'update')).toBe(1);
	});
});

test('Stop after a create whose reply was lost: the error says that its outcome is unknown', async () => {
	sandbox.fault({ on: 'create', play: 'lostReplyBefore' });
	const { execution } = await start(sandbox, {
		items: [{}],
		parameters: { operation: 'create', callerIdNumber: '61291234567' },
	});
	time.onWait = () => {
		time.onWait = undefined;
		execution.cancel();
	};
	const { told } = sceneOf(await execution);

	expect(told).toMatch(
		/The execution was canceled before this node could look for it\. It is unknown whether the trunk exists/,
	);
	expect(countOf(sandbox, 'create')).toBe(1);
});
