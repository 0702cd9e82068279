import { type INode, type INodeParameters, sleep } from 'n8n-workflow';

import { type Execution, itemsOf, type SavedWorkflow } from '../rest';
import { credentialFor } from '../editor/content';
import { node, saveChain, type Scene } from './scene';

/** n8n polls once a minute at most, at a second of its own choice. */
const PATIENCE_MS = 100_000;
const LOOK_MS = 500;

/** Polls of an n8n that runs: each event starts an execution, with what it is to give. */
export function describeTriggers(scene: () => Scene): void {
	function trigger(parameters: INodeParameters, { id, name } = scene().credential): INode {
		return {
			...node('Crazytel Trigger', 'n8n-nodes-crazytel.crazytelTrigger', 1, {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				...parameters,
			} as INodeParameters),
			credentials: { crazytelApi: { id, name } },
		};
	}
	const watching: Array<SavedWorkflow> = [];

	async function watch(name: string, parameters: INodeParameters): Promise<SavedWorkflow> {
		const workflow = await saveChain(scene(), name, trigger(parameters), node('Behind', 'n8n-nodes-base.noOp', 1));
		await scene().n8n.rest.activate(workflow);
		watching.push(workflow);
		return workflow;
	}

	/** A call is filed, that was made so many minutes ago. */
	function record(extension: string, cost: number, minutesAgo = 0): void {
		scene().sandbox.addCallRecords([
			{
				at: Date.now() - minutesAgo * 60_000,
				type: 'voice',
				extension,
				columns: { extension, total_cost: cost, destination_name: 'Latvia - Premium Rate' },
			},
		]);
	}

	/** The first execution that the trigger has started. */
	async function started({ id }: SavedWorkflow): Promise<Execution> {
		const { rest } = scene().n8n;
		for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(LOOK_MS)) {
			const first = (await rest.executionsOf(id)).at(-1);
			if (first !== undefined) return await rest.finished(first);
		}
		throw new Error(`No execution of workflow ${id} was started`);
	}

	describe('the trigger', () => {
		afterEach(async () => {
			for (const workflow of watching.splice(0)) await scene().n8n.rest.deactivate(workflow);
		});

		it(
			'starts an execution on each event, and tells no secret',
			async () => {
				const { sandbox } = scene();
				sandbox.set({ balance: 25, echoPassword: true });
				const bakery = sandbox.addTrunk({ description: 'Bakery' });
				record(bakery.username, 0.1, 5);
				const verified = sandbox.verifiedNumbers();
				const balance = await watch('Balance low', { event: 'balanceLow', threshold: 10 });
				const changes = await watch('Trunk changed', { event: 'trunkChanged' });
				const numbers = await watch('Number verified', { event: 'numberVerified' });
				const calls = await watch('Call record added', { event: 'callRecordAdded' });
				const spending = await watch('Spend high', { event: 'spendHigh', limit: 20, per: 'extension', window: 'hour' });
				// All know what was there: now something happens.
				sandbox.set({ balance: 3.5 });
				sandbox.addTrunk({ description: 'Florist' });
				sandbox.verify([...verified, '61755501234']);
				record(bakery.username, 21.5);

				const executions = await Promise.all([balance, changes, numbers, calls, spending].map(started));
				const [low, created, added, filed, spent] = executions as [
					Execution,
					Execution,
					Execution,
					Execution,
					Execution,
				];
				for (const { status, mode } of executions) expect([status, mode]).toEqual(['success', 'trigger']);
				expect(itemsOf(low, 'Behind')).toMatchObject([{ balance: 3.5, threshold: 10, reminder: false }]);
				expect(itemsOf(created, 'Behind')).toMatchObject([{ change: 'created', trunk: { description: 'Florist' } }]);
				expect(itemsOf(added, 'Behind')).toMatchObject([{ change: 'added', number: '61755501234' }]);
				const [call, ...more] = itemsOf(filed, 'Behind');
				expect([call, more]).toMatchObject([
					{
						extension: bakery.username,
						total_cost: 21.5,
						recordKey: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
					},
					[],
				]);
				expect(itemsOf(spent, 'Behind')).toMatchObject([
					{
						extension: bakery.username,
						trunkId: bakery.id,
						spent: 21.6,
						limit: 20,
						times: 1,
						calls: 2,
						topDestinations: [{ destination: 'Latvia - Premium Rate', calls: 2 }],
					},
				]);
				for (const { text } of executions)
					expect([text.includes(sandbox.apiKey), text.includes('Sandbox1pass')]).toEqual([false, false]);
			},
			2 * PATIENCE_MS,
		);

		it('is not published with a wrong key, and says so', async () => {
			const { n8n, sandbox } = scene();
			const wrong = await n8n.rest.createCredential(credentialFor({ ...sandbox, apiKey: 'wrong-key' }, 0));
			const workflow = await saveChain(
				scene(),
				'Wrong key',
				trigger({ event: 'balanceLow', threshold: 10 }, wrong),
				node('Behind', 'n8n-nodes-base.noOp', 1),
			);
			await expect(n8n.rest.activate(workflow)).rejects.toThrow(/does not accept the API key|did not start/);
		});

		it('shows an example by hand, and nothing of it is kept', async () => {
			const { n8n, sandbox } = scene();
			sandbox.set({ balance: 25 });
			const workflow = await saveChain(
				scene(),
				'By hand',
				trigger({ event: 'balanceLow', threshold: 10 }),
				node('Behind', 'n8n-nodes-base.noOp', 1),
			);
			const execution = await n8n.rest.runManually(workflow, 'Crazytel Trigger');
			expect([execution.status, itemsOf(execution, 'Behind')]).toMatchObject([
				'success',
				[{ balance: 25, wouldFire: false }],
			]);
		});

		it.each([
			[{ event: 'callRecordAdded' }, { total_cost: 0.2, recordKey: expect.any(String) as string }],
			[
				{ event: 'spendHigh', per: 'extension', limit: 20 },
				{ spent: 0.3, limit: 20, times: 0, wouldFire: false },
			],
		])('shows an example of %j by hand, or says what to do where there is none', async (parameters, shown) => {
			const { n8n, sandbox } = scene();
			const workflow = await saveChain(
				scene(),
				'By hand',
				trigger(parameters),
				node('Behind', 'n8n-nodes-base.noOp', 1),
			);
			const none = await n8n.rest.runManually(workflow, 'Crazytel Trigger');
			expect(none.status).toBe('error');
			expect(none.text).toMatch(
				/(?:has no call record in|Among the newest 100 call records of) the last three months.*\. Make a call or send an SMS/,
			);
			const { username } = sandbox.addTrunk();
			record(username, 0.1, 5);
			record(username, 0.2);
			const execution = await n8n.rest.runManually(workflow, 'Crazytel Trigger');
			expect([execution.status, itemsOf(execution, 'Behind')]).toMatchObject([
				'success',
				[{ extension: username, ...shown }],
			]);
			expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
		});
	});
}
