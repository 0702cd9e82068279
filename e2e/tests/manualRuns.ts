import { itemsOf } from '../rest';
import { crazytelNode, items, manualTrigger, node, saveChain, type Scene, split } from './scene';

/** What Execute Workflow gives, and what n8n keeps of it. */
export function describeManualRuns(scene: () => Scene): void {
	describe('a run from the canvas', () => {
		const create = { operation: 'create', callerIdNumber: '={{ $json.phone }}' };

		it('creates a trunk and shows the password that was generated, and nowhere the key', async () => {
			const { n8n, sandbox } = scene();
			const workflow = await saveChain(
				scene(),
				'Generated password',
				manualTrigger,
				crazytelNode(scene(), { ...create, callerIdNumber: '(02) 9123 4567' }),
			);
			const execution = await n8n.rest.runManually(workflow, 'Start');

			const [trunk] = sandbox.trunks();
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Crazytel')).toMatchObject([
				{ id: trunk?.id, caller_id_number: '61291234567', password: trunk?.password },
			]);
			expect(sandbox.trunks()).toHaveLength(1);
			expect(execution.text).not.toContain(sandbox.apiKey);
		});

		it('shows no password that was entered', async () => {
			const { n8n, sandbox } = scene();
			const workflow = await saveChain(
				scene(),
				'Entered password',
				manualTrigger,
				crazytelNode(scene(), {
					...create,
					passwordSource: 'enter',
					password: '={{ "Harbour" + "9dental" }}',
					callerIdNumber: '61291234567',
				}),
			);
			const execution = await n8n.rest.runManually(workflow, 'Start');

			expect(sandbox.trunks()).toMatchObject([{ password: 'Harbour9dental' }]);
			expect(itemsOf(execution, 'Crazytel')).toEqual([
				expect.not.objectContaining({ password: expect.anything() as unknown }),
			]);
			expect(execution.text).not.toContain('Harbour9dental');
			expect(execution.text).not.toContain(sandbox.apiKey);
		});

		it('stops at a bad item before anything is written, and says why', async () => {
			const { n8n, sandbox } = scene();
			const workflow = await saveChain(
				scene(),
				'Bad item',
				manualTrigger,
				items({ phone: '02 9123 4567' }, { phone: '02 9999 9999' }),
				split,
				crazytelNode(scene(), create),
			);
			const execution = await n8n.rest.runManually(workflow, 'Start');

			expect(execution.status).toBe('error');
			expect(execution.data.resultData.error?.message).toContain(
				"Caller ID '02 9999 9999' (read as 61299999999) is not verified for this account",
			);
			expect(sandbox.trunks()).toEqual([]);
			expect(execution.text).not.toContain(sandbox.apiKey);
		});

		it('sends a bad item out of the error output, with the fields that it came with', async () => {
			const { n8n, sandbox } = scene();
			const workflow = await saveChain(
				scene(),
				'Error output',
				manualTrigger,
				items(
					{ customer: 'Harbour Dental', phone: '02 9123 4567' },
					{ customer: 'Geelong Removals', phone: 'ask Jim' },
				),
				split,
				crazytelNode(scene(), create, { onError: 'continueErrorOutput' }),
				[node('Done', 'n8n-nodes-base.noOp', 1), node('To check', 'n8n-nodes-base.noOp', 1)],
			);
			const execution = await n8n.rest.runManually(workflow, 'Start');

			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Done')).toMatchObject([{ id: sandbox.trunks()[0]?.id }]);
			expect(itemsOf(execution, 'To check')).toMatchObject([
				{
					customer: 'Geelong Removals',
					phone: 'ask Jim',
					error: expect.stringMatching(/^Caller ID 'ask Jim' cannot be read as a phone number/) as unknown,
					details: { field: 'Caller ID Name or ID', parameter: 'callerIdNumber' },
				},
			]);
		});
	});
}
