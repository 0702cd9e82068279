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

/** Presses Save, which tests the credential, and gives what the form then says of the connection. */
export async function saveCredential(page: Page): Promise<{ isConnected: boolean; words: string }> {
	await page.getByTestId('credential-save-button').click();
	const success = dialog(page).getByTestId('credentials-config-container-test-success');
	const details = dialog(page).getByText('More details');
	await success.or(details).waitFor();
	if (await success.isVisible()) return { isConnected: true, words: await success.innerText() };
	await details.click();
	return { isConnected: false, words: await dialog(page).innerText() };
}
