import type { Page } from 'playwright-core';

import { openNewWorkflow } from '../pages/canvas';
import { chooseInPanel, openNodePanel, searchNodes } from '../pages/nodePanel';
import { addOnlyOption, parameter, shownParameters } from '../pages/nodeForm';
import { executeStep, failStep, itemsShown } from '../pages/output';
import type { BrowserScene } from '../scene';

/** The trigger, from an empty workflow to the example that it shows. */
export function describeTrigger(scene: () => BrowserScene): void {
	async function add(event: string): Promise<Page> {
		const page = await scene().openTab();
		await openNewWorkflow(page, scene().n8n.url);
		await openNodePanel(page);
		await searchNodes(page, 'crazytel');
		await chooseInPanel(page, 'Crazytel');
		await chooseInPanel(page, event);
		await page.getByTestId('node-parameters').waitFor();
		return page;
	}

	describe('the trigger', () => {
		afterEach(async () => await scene().closeTabs());

		it('Balance Low: the threshold is filled in, and Fetch Test Event says whether it would start', async () => {
			scene().sandbox.set({ balance: 4.2 });
			const page = await add('On balance low');
			expect(await shownParameters(page)).toEqual(expect.arrayContaining(['Trigger On', 'Threshold', 'Options']));
			await parameter(page, 'threshold').locator('input').fill('5');
			await executeStep(page);
			expect(await itemsShown(page)).toMatchObject([{ balance: 4.2, threshold: 5, wouldFire: true }]);
		});

		it('Trunk Changed: all changes are chosen, and the newest trunk is shown, or what to do where there is none', async () => {
			const { sandbox } = scene();
			const page = await add('On trunk changed');
			expect(await parameter(page, 'changes').innerText()).toMatch(/Changed[^]*Created[^]*Enabled[^]*Gone[^]*Suspended/);
			await executeStep(page);
			expect(await itemsShown(page)).toMatchObject([{ change: 'created', trunk: { id: sandbox.trunks().at(-1)?.id }, fields: [] }]);
		});

		it('Number Verified without a number: says what to do', async () => {
			scene().sandbox.verify([]);
			const page = await add('On number verified');
			expect(await failStep(page)).toEqual({
				message: 'No data with the current filter could be found',
				description: 'The account has no verified number. Verify one in the Crazytel portal.',
			});
		});

		it('Balance Low has its reminder among the options', async () => {
			const page = await add('On balance low');
			await addOnlyOption(page);
			expect(await parameter(page, 'remindEvery').locator('input').inputValue()).toBe('24');
		});
	});
}
