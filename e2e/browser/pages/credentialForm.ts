import type { Page } from 'playwright-core';

const dialog = (page: Page) => page.getByTestId('credential-edit-dialog');

/** Opens the empty form of a new credential. */
export async function openNewCredential(page: Page, type: string, n8nUrl: string): Promise<void> {
	await page.goto(`${n8nUrl}/home/credentials/create`);
	await page.getByTestId('new-credential-type-select').locator('input').fill(type);
	await page.locator('[data-test-id="new-credential-type-select-option"]:visible').filter({ hasText: type }).click();
	await page.getByTestId('new-credential-type-button').click();
	await dialog(page).waitFor();
}

/** Types into a field, by its name in the credential's description. */
export async function fillCredential(page: Page, field: string, text: string): Promise<void> {
	await dialog(page).getByTestId(`parameter-input-${field}`).locator('input').fill(text);
}

/** What a field holds. */
export async function valueInCredential(page: Page, field: string): Promise<string> {
	return await dialog(page).getByTestId(`parameter-input-${field}`).locator('input').inputValue();
}

/** Presses Save, which tests the credential too. */
export async function saveCredential(page: Page): Promise<void> {
	const tested = page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'));
	await page.getByTestId('credential-save-button').click();
	await tested;
}

/** All that the form says, with what n8n keeps behind "More details". */
export async function wordsInCredential(page: Page): Promise<string> {
	const details = dialog(page).getByText('More details');
	if (await details.isVisible()) await details.click();
	return await dialog(page).innerText();
}
