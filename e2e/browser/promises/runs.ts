import { crazytelNode, items, manualTrigger, node, saveChain, split } from '../../tests/scene';
import { eventually } from '../eventually';
import { executeWorkflow, itemCounts, nodeOnCanvas, openWorkflow } from '../pages/canvas';
import { openNode } from '../pages/nodeForm';
import { executeStep, failStep, hintsShown, itemsShown, markupOfError, toastShown, turnTo } from '../pages/output';
import { dropOnTrunk, nameTrunkBy, namingShown } from '../pages/resourcePicker';
import type { BrowserScene } from '../scene';

/** What is seen of a run. */
export function describeRuns(scene: () => BrowserScene): void {
	describe('a run in the editor', () => {
		afterEach(async () => await scene().closeTabs());

		it('shows the trunk that it has made, with the password that was generated', async () => {
			const { n8n, sandbox, openTab } = scene();
			const before = sandbox.trunks();
			const workflow = await saveChain(
				scene(),
				'Generated password',
				manualTrigger,
				crazytelNode(scene(), { operation: 'create', callerIdNumber: '61291234567' }),
			);
			const page = await openTab();
			await openWorkflow(page, workflow, n8n.url);
			await executeWorkflow(page, 'Crazytel');
			await nodeOnCanvas(page, 'Crazytel').dblclick();

			const [trunk] = sandbox.trunks().slice(before.length);
			expect(await itemsShown(page)).toEqual([trunk]);
			expect(sandbox.trunks()).toHaveLength(before.length + 1);
		});

		it('shows no password that was entered', async () => {
			const { n8n, sandbox, openTab } = scene();
			const workflow = await saveChain(
				scene(),
				'Entered password',
				manualTrigger,
				crazytelNode(scene(), {
					operation: 'create',
					passwordSource: 'enter',
					password: 'Harbour9dental',
					callerIdNumber: '61291234567',
				}),
			);
			const page = await openTab();
			await openNode(page, workflow, 'Crazytel', n8n.url);
			await executeStep(page);

			const { password, ...others } = sandbox.trunks().at(-1) ?? {};
			expect(password).toBe('Harbour9dental');
			expect(await itemsShown(page)).toEqual([others]);
			expect(await page.locator('body').innerText()).not.toContain('Harbour9dental');
		});

		it('says of a bad item what is wrong, what would be right, and that nothing was written', async () => {
			const { n8n, sandbox, openTab } = scene();
			const before = sandbox.trunks();
			const workflow = await saveChain(
				scene(),
				'Not verified',
				manualTrigger,
				crazytelNode(scene(), { operation: 'create', callerIdNumber: '61299999999' }),
			);
			const page = await openTab();
			await openNode(page, workflow, 'Crazytel', n8n.url);

			expect(await failStep(page)).toEqual({
				message: "Caller ID '61299999999' is not verified for this account.",
				description:
					'Use one of the verified numbers: 61291234567, 61398765432, 61731234567, 61412345678, 61498765432, 61870101234.\nNothing was written.',
			});
			expect(sandbox.trunks()).toEqual(before);
		});

		it('lists many bad items below the headline, each way once, and makes no markup of what they hold', async () => {
			const { n8n, sandbox, openTab } = scene();
			const before = sandbox.trunks();
			const evil = '<a href="https://e.example">x</a>';
			const workflow = await saveChain(
				scene(),
				'Bad rows',
				manualTrigger,
				items(
					{ phone: evil },
					{ phone: 'ask Jim' },
					{ phone: '0412 345 678' },
					{ phone: 'ask Jim' },
					{ phone: '9123 4567' },
				),
				split,
				crazytelNode(scene(), { operation: 'create', callerIdNumber: '={{ $json.phone }}' }),
			);
			const page = await openTab();
			await openNode(page, workflow, 'Crazytel', n8n.url);
			const { message } = await failStep(page);
			const { listed, links } = await markupOfError(page);

			const usual =
				'cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.';
			expect(message).toMatch(
				/^Caller ID '‹a href="https:\/\/e\.example"›x‹\/a›' cannot be read as a phone number\. 3 more items cannot be used; see the details\./,
			);
			expect(await toastShown(page)).toMatch(/^Caller ID '‹a href="https:\/\/e\.example"›x‹\/a›' cannot be read/);
			expect(listed).toEqual([
				`Item 0: Caller ID '${evil}' ${usual}`,
				`Items 1, 3: Caller ID 'ask Jim' ${usual}`,
				"Item 4: Caller ID '9123 4567' cannot be read as a phone number: it has no area code. Put 02, 03, 07 or 08 in front.",
			]);
			expect(links).toEqual([]);
			expect(sandbox.trunks()).toEqual(before);
		});

		it('suspends the trunk whose username was dropped on Trunk, and shows all of the words for each way to name one', async () => {
			const { n8n, sandbox, openTab } = scene();
			const [trunk] = sandbox.trunks().filter(({ enabled }) => enabled);
			const workflow = await saveChain(
				scene(),
				'Dropped',
				manualTrigger,
				items({ username: trunk?.username }),
				split,
				crazytelNode(scene(), { operation: 'suspend', trunk: { __rl: true, mode: 'list', value: '' } }),
			);
			const page = await openTab();
			// n8n runs no workflow in which a field is still empty, but a node before it.
			await openNode(page, workflow, 'Split', n8n.url);
			await executeStep(page);
			await page.keyboard.press('Escape');
			await nodeOnCanvas(page, 'Crazytel').dblclick();
			await dropOnTrunk(page, 'username');
			await eventually(async () => expect(await namingShown(page)).toEqual({ label: 'By ID', hidden: 0 }));
			await page.getByTestId('node-parameters').getByText(String(trunk?.username)).waitFor();
			await executeStep(page);
			expect(sandbox.trunks().find(({ id }) => id === trunk?.id)?.enabled).toBe(false);

			await nameTrunkBy(page, 'username');
			await eventually(async () => expect(await namingShown(page)).toEqual({ label: 'By User', hidden: 0 }));
		});

		it('shows a trunk in the order in which people read it, and says that its password is shown only here, and that there was one like it', async () => {
			const { n8n, sandbox, openTab } = scene();
			const { username } = sandbox.addTrunk({ description: 'Harbour <b>Dental</b>' });
			const workflow = await saveChain(
				scene(),
				'Twice',
				manualTrigger,
				crazytelNode(scene(), {
					operation: 'create',
					callerIdNumber: '61291234567',
					trunkDescription: 'Harbour <b>Dental</b>',
				}),
			);
			const page = await openTab();
			await openNode(page, workflow, 'Crazytel', n8n.url);
			await executeStep(page);

			expect(await hintsShown(page)).toEqual([
				`For 1 item there was a trunk with the same Description already, and another one was created: 'Harbour <b>Dental</b>' (${username}). Create makes a new trunk each time. Where the one that is there is meant, use Create or Update.`,
				'Generated passwords are shown only here and cannot be read later. Hand them on in the next node, or copy them now.',
			]);
			expect(Object.keys((await itemsShown(page))[0] ?? {}).slice(0, 6)).toEqual([
				'id',
				'username',
				'password',
				'description',
				'enabled',
				'caller_id_number',
			]);
		});

		it('sends a bad item to the error branch with its own fields, and the others on', async () => {
			const { n8n, openTab } = scene();
			const workflow = await saveChain(
				scene(),
				'Error branch',
				manualTrigger,
				items(
					{ customer: 'Harbour Dental', phone: '(02) 9123 4567' },
					{ customer: 'Geelong Removals', phone: '03 5550 9900' },
					{ customer: 'Café Lune', phone: '0412 345 678' },
				),
				split,
				crazytelNode(
					scene(),
					{ operation: 'create', callerIdNumber: '={{ $json.phone }}' },
					{ onError: 'continueErrorOutput' },
				),
				[node('Made', 'n8n-nodes-base.noOp', 1), node('Refused', 'n8n-nodes-base.noOp', 1)],
			);
			const page = await openTab();
			await openWorkflow(page, workflow, n8n.url);
			await executeWorkflow(page, 'Made', 'Refused');
			await eventually(async () => expect((await itemCounts(page)).slice(-2)).toEqual(['2 items', '1 item']));

			await openNode(page, workflow, 'Crazytel', n8n.url);
			await executeStep(page);
			await turnTo(page, 'Error Branch');
			await eventually(async () =>
				expect(await itemsShown(page)).toEqual([
					expect.objectContaining({
						customer: 'Geelong Removals',
						phone: '03 5550 9900',
						error: expect.stringContaining(
							"Caller ID '03 5550 9900' (read as 61355509900) is not verified for this account. Use one of the verified numbers: ",
						) as unknown,
					}),
				]),
			);
		});

		it('shows with Dry Run what would be sent, says so, and writes nothing', async () => {
			const { n8n, sandbox, openTab } = scene();
			const before = sandbox.trunks();
			const [trunk] = before;
			const workflow = await saveChain(
				scene(),
				'Dry run',
				manualTrigger,
				crazytelNode(scene(), {
					operation: 'suspend',
					trunk: { __rl: true, mode: 'username', value: trunk?.username },
					options: { dryRun: true },
				}),
			);
			const page = await openTab();
			await openNode(page, workflow, 'Crazytel', n8n.url);
			await executeStep(page);

			expect(await hintsShown(page)).toEqual([
				'Dry Run is on: nothing was written. The output shows what would be sent.',
			]);
			expect(await itemsShown(page)).toEqual([
				{
					dryRun: true,
					operation: 'suspend',
					trunk: { id: trunk?.id, username: trunk?.username, description: trunk?.description },
					request: { method: 'PATCH', path: `/api/v1/sip-trunks/${trunk?.id}`, body: { enabled: false } },
					changes: { enabled: { from: true, to: false } },
				},
			]);
			expect(sandbox.trunks()).toEqual(before);
		});
	});
}
