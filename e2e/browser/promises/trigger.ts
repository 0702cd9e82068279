import type { Page } from 'playwright-core';

import type { StoredCallRecord } from '../../../sandbox';
import { openNewWorkflow } from '../pages/canvas';
import { chooseInPanel, openNodePanel, searchNodes } from '../pages/nodePanel';
import {
	addOnlyOption,
	choicesDescribed,
	choose,
	noticesShown,
	offeredBy,
	parameter,
	shownIn,
	shownParameters,
} from '../pages/nodeForm';
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
			expect(await parameter(page, 'changes').innerText()).toMatch(
				/Changed[^]*Created[^]*Enabled[^]*Gone[^]*Suspended/,
			);
			await executeStep(page);
			expect(await itemsShown(page)).toMatchObject([
				{ change: 'created', trunk: { id: sandbox.trunks().at(-1)?.id }, fields: [] },
			]);
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

		const PREVIEW = 'A preview: it rests on what Crazytel does not document, such as ';

		it('Call Record Added: says that it is a preview, has all but the fees chosen, and shows the newest record, or what to do where there is none', async () => {
			const page = await add('On call record added');
			expect(await noticesShown(page)).toEqual([`${PREVIEW}how late a call is filed.`]);
			expect(await shownParameters(page)).toEqual(expect.arrayContaining(['Trigger On', 'Types', 'Options']));
			expect(await parameter(page, 'types').innerText()).toMatch(/DID[^]*Incoming SMS[^]*Outgoing SMS[^]*Voice/);
			expect(await failStep(page)).toEqual({
				message: 'No data with the current filter could be found',
				description:
					'Among the newest 100 call records of the last three months there is none that fits Types and Options. Make a call or send an SMS, or change them.',
			});
			scene().sandbox.addCallRecords(calls());
			await executeStep(page);
			expect(await itemsShown(page)).toMatchObject([
				{ extension: 'CT587910', total_cost: 21.5, recordKey: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
			]);
			expect(await offeredBy(page, 'Add Option')).toEqual([
				'Extension',
				'Include Past Records (Days)',
				'Longest Call (Hours)',
				'Minimum Cost',
				'Simplify',
			]);
		});

		it('Spend High: says that it is a preview, has its limit filled in, and shows who has spent most, and whether it would start', async () => {
			scene().sandbox.addCallRecords(calls());
			const page = await add('On spend high');
			expect(await noticesShown(page)).toEqual([`${PREVIEW}when a call has its cost.`]);
			expect(await shownParameters(page)).toEqual(expect.arrayContaining(['Trigger On', 'Limit', 'Per', 'Window']));
			expect([
				await parameter(page, 'limit').locator('input').inputValue(),
				await shownIn(page, 'per'),
				await shownIn(page, 'window'),
			]).toEqual(['20', 'Account', 'Hour']);
			await choose(page, 'per', 'Extension');
			await executeStep(page);
			expect(await itemsShown(page)).toMatchObject([
				{ extension: 'CT587910', username: 'CT587910', spent: 21.6, limit: 20, times: 1, calls: 2, wouldFire: true },
			]);
		});

		it('the menu of events says which of them are previews', async () => {
			const page = await add('On balance low');
			expect(await noticesShown(page)).toEqual([]);
			const described = await choicesDescribed(page, 'event');
			expect(described.filter((text) => text.includes('(preview)')).map((text) => text.split('\n')[0])).toEqual([
				'Call Record Added',
				'Spend High',
			]);
		});
	});
}

/** Two calls of a trunk that is there, the later one dear. */
function calls(): StoredCallRecord[] {
	return [5, 0].map((minutesAgo) => ({
		at: Date.now() - minutesAgo * 60_000,
		type: 'voice' as const,
		extension: 'CT587910',
		columns: { extension: 'CT587910', total_cost: minutesAgo === 0 ? 21.5 : 0.1 },
	}));
}
