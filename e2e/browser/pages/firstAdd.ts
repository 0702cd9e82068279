import type { Page } from 'playwright-core';

import { openNewWorkflow } from './canvas';
import { chooseInPanel, openNodePanel, searchNodes } from './nodePanel';

/**
 * Adds the node to a new workflow, behind its trigger, and has its form open. n8n has saved the workflow by then,
 * and reads the credentials anew for the form, so that it asks for the options of a dropdown before it has one.
 *
 * @param action as the panel calls it
 */
export async function addToNewWorkflow(page: Page, action: string, n8nUrl: string): Promise<void> {
	await openNewWorkflow(page, n8nUrl);
	const saved = page.waitForResponse((response) => response.url().endsWith('/write-lock'));
	await page.getByTestId('canvas-add-button').click();
	await chooseInPanel(page, 'Trigger manually');
	await saved;
	await openNodePanel(page);
	await searchNodes(page, 'crazytel');
	await chooseInPanel(page, 'Crazytel');
	await chooseInPanel(page, action);
	await page.getByTestId('node-parameters').waitFor();
}
