import type { Page } from 'playwright-core';

import { eventually } from '../eventually';
import { openNewWorkflow } from '../pages/canvas';
import { chooseInPanel, iconInPanel, namesInPanel, openNodePanel, searchNodes, unfold } from '../pages/nodePanel';
import type { BrowserScene } from '../scene';

/** How the node is found. */
export function describeNodePanel(scene: () => BrowserScene): void {
	describe.each(['light', 'dark'] as const)('the node panel in the %s theme', (theme) => {
		let page: Page;
		beforeAll(async () => {
			page = await scene().openTab(theme);
			await openNewWorkflow(page, scene().n8n.url);
			await openNodePanel(page);
		});
		afterAll(async () => await page?.close());

		it.each(['sip', 'trunk', 'crazytel', 'telephone', 'softphone', 'number', 'telco'])(
			'has the node among the first five for "%s"',
			async (words) => {
				// What was found before would pass for it.
				await searchNodes(page, 'qqqq');
				await eventually(async () => expect(await namesInPanel(page)).not.toContain('Crazytel'));
				await searchNodes(page, words);
				await eventually(async () => expect((await namesInPanel(page)).slice(0, 5)).toContain('Crazytel'));
			},
		);

		it('shows its icon for that theme', async () => {
			await searchNodes(page, 'crazytel');
			await eventually(async () =>
				expect(await iconInPanel(page, 'Crazytel')).toEqual({
					file: { light: 'crazytel.svg', dark: 'crazytel.dark.svg' }[theme],
					isDrawn: true,
				}),
			);
		});

		it('lists what starts a workflow and, below, what the node can do, in words', async () => {
			await searchNodes(page, 'crazytel');
			await chooseInPanel(page, 'Crazytel');
			await eventually(async () =>
				expect(await namesInPanel(page)).toEqual([
					'On balance low',
					'On call record added',
					'On number verified',
					'On spend high',
					'On trunk changed',
				]),
			);
			await unfold(page, 'Actions');
			await eventually(async () =>
				expect((await namesInPanel(page)).filter((name) => name.includes('SIP trunk'))).toEqual([
					'Create SIP trunk',
					'Create or update SIP trunk',
					'Delete SIP trunk',
					'Enable SIP trunk',
					'Get SIP trunk',
					'Get many SIP trunks',
					'Rotate password of SIP trunk',
					'Suspend SIP trunk',
					'Update SIP trunk',
				]),
			);
		});
	});
}
