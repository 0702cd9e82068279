import type { IDataObject } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { eventually } from '../eventually';

const output = (page: Page) => page.getByTestId('output-panel');

/** Presses Execute step in an open node, and waits until it has ended well. */
export async function executeStep(page: Page): Promise<void> {
	await page.getByTestId('node-execute-button').click();
	await output(page).getByTestId('node-run-status-success').waitFor();
}

/** Presses Execute step in an open node, and gives the error that it ends with, as the editor shows it. */
export async function failStep(page: Page): Promise<{ message: string; description: string }> {
	await page.getByTestId('node-execute-button').click();
	await output(page).getByTestId('node-run-status-danger').waitFor();
	return {
		message: await output(page).getByTestId('node-error-message').innerText(),
		description: await output(page).getByTestId('node-error-description').innerText(),
	};
}

/** The entries of the lists in an error, and the links in it and in the toasts that tell of it, but n8n's own. */
export async function markupOfError(page: Page): Promise<{ listed: string[]; links: string[] }> {
	const toast = page.locator('.el-notification');
	await toast.first().waitFor();
	const linksIn = async (place: typeof toast) => await place.locator('a[href]').allInnerTexts();
	return {
		listed: await output(page).getByTestId('node-error-description').locator('li').allInnerTexts(),
		links: [...(await linksIn(output(page).getByTestId('node-error-description'))), ...(await linksIn(toast))],
	};
}

/** What the toast says of the error. */
export async function toastShown(page: Page): Promise<string> {
	return (await page.locator('.el-notification__content').first().innerText()).trim();
}

/** The items of the output that is open, in the view JSON. */
export async function itemsShown(page: Page): Promise<IDataObject[]> {
	await output(page).getByTestId('radio-button-json').click();
	const view = output(page).getByTestId('ndv-data-container').locator('.vjs-tree');
	// While it is being drawn, it is not JSON yet; and it indents with spaces that JSON does not know.
	return await eventually(async () => JSON.parse((await view.innerText()).replace(/\u00a0/g, ' ')) as IDataObject[]);
}

/** What stands above the output, such as that a dry run has written nothing. */
export async function hintsShown(page: Page): Promise<string[]> {
	return (await output(page).getByTestId('node-hint').allInnerTexts()).map((hint) => hint.trim());
}

/** Turns to an output of the node: its tab's beginning, such as "Error Branch". */
export async function turnTo(page: Page, branch: string): Promise<void> {
	await output(page).getByTestId('branches').getByText(branch).click();
}
