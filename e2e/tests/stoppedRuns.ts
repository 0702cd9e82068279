/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test on Node itself, never published */
import type { INodeParameters } from 'n8n-workflow';

import { itemsOf, type SavedWorkflow } from '../rest';
import { startManually } from '../rest/workflows';
import { chainOf, crazytelNode, items, manualTrigger, type Scene, split } from './scene';

/** n8n drops what a node gives or throws once its execution was ended; what it has written stands in n8n's log. */
export function describeStoppedRuns(scene: () => Scene): void {
	const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };
	const create = { operation: 'create', callerIdNumber: '61291234567' };
	const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

	/** A workflow whose node is under way for longer than its time limit of some seconds, if it has one. */
	async function longRun(
		parameters: INodeParameters,
		rows: object[],
		onError: (typeof MODES)[number],
		executionTimeout?: number,
	): Promise<SavedWorkflow> {
		scene().sandbox.set({ latencyMs: 800 });
		const chain = chainOf(
			'Long run',
			manualTrigger,
			items(...rows),
			split,
			crazytelNode(scene(), parameters, { onError }),
		);
		const settings = { executionOrder: 'v1' as const, ...(executionTimeout !== undefined && { executionTimeout }) };
		return await scene().n8n.rest.createWorkflow({ ...chain, settings });
	}

	const expectList = (lines: string[], expected: string[]): void => {
		expect(
			lines.slice(1).flatMap((line) => [...line.matchAll(/item \d+: ([^;]+)/g)].map(([, words]) => words)),
		).toEqual(expected);
	};

	describe('a run that is ended', () => {
		describe.each([
			['by Stop', undefined],
			['by the time limit of the workflow', 4],
		] as const)('%s', (_, timeLimit) => {
			/** Ends it in the middle of its writes. @returns the lines of the log, and what n8n has kept */
			async function end(workflow: SavedWorkflow, isUnderWay: () => boolean) {
				const { rest } = scene().n8n;
				const id = await startManually(rest.session, workflow, 'Start');
				await until(isUnderWay);
				if (timeLimit === undefined) await rest.stop(id);
				const execution = await rest.finished(id);
				expect(execution.status).toBe('canceled');
				return { lines: await linesAbout(scene(), id), execution };
			}

			it.each(MODES)('with %s: the log has the trunks that were suspended, and nothing else has', async (onError) => {
				const { sandbox } = scene();
				const rows = Array.from({ length: 100 }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
				const workflow = await longRun(suspend, rows, onError, timeLimit);
				const { lines, execution } = await end(workflow, () => sandbox.trunks().some(({ enabled }) => !enabled));

				const suspended = sandbox.trunks().filter(({ enabled }) => !enabled);
				expect(suspended.length).toBeLessThan(100);
				expectList(
					lines,
					suspended.map(({ username, id }) => `${username} ${id}, updated`),
				);
				expect(lines[0]).toContain(`of workflow 'Long run' (${workflow.id}) was stopped, or its time was up`);
				expect(lines[0]).toContain(`: ${suspended.length} of 100 items written, ${100 - suspended.length} not sent.`);
				expect(itemsOf(execution, 'Crazytel')).toEqual([]);
				for (const { username } of suspended) expect(execution.text).not.toContain(username);
			});

			it('the log has the trunks that were created, and no password', async () => {
				const { n8n, sandbox } = scene();
				const rows = Array.from({ length: 60 }, (__, row) => ({ row }));
				const { lines } = await end(
					await longRun(create, rows, 'continueErrorOutput', timeLimit),
					() => sandbox.trunks().length > 1,
				);

				const made = sandbox.trunks();
				expect(made.length).toBeLessThan(60);
				expectList(
					lines,
					made.map(({ username, id }) => `${username} ${id}, created`),
				);
				expect(lines[0]).toContain('Their passwords are not shown here: set new ones with Rotate Password.');
				for (const { password } of made) expect(n8n.process.log()).not.toContain(password);
				expect(n8n.process.log()).not.toContain(sandbox.apiKey);
			});
		});
	});
}

/** The lines of n8n's log about an execution that was stopped, once its node has ended. */
export async function linesAbout({ n8n }: Scene, execution: string): Promise<string[]> {
	const lines = () =>
		n8n.process
			.log()
			.split('\n')
			.filter((line) => new RegExp(`^Crazytel node '.+', execution ${execution}\\b`).test(line));
	await until(() => lines().length >= 2);
	return lines();
}

/** Waits until it is so; the limit is for a broken test alone. */
async function until(isSo: () => boolean): Promise<void> {
	const limit = Date.now() + 60_000;
	while (!isSo()) {
		if (Date.now() > limit) throw new Error('It has not come about within a minute.');
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
