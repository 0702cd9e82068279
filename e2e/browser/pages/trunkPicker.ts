import type { Page } from 'playwright-core';

const picker = (page: Page) => page.getByTestId('resource-locator-trunk');

/** Opens the From List of Trunk. */
export async function openTrunkList(page: Page): Promise<void> {
	await picker(page).getByTestId('rlc-input-container').click();
	await page.getByTestId('rlc-search').waitFor();
}

/** The trunks that the open list shows. */
export async function trunksInList(page: Page): Promise<string[]> {
	return (await page.locator('[data-test-id="rlc-item"]:visible').allInnerTexts()).map((name) => name.trim());
}

/** Types into the search of the open list. */
export async function searchTrunkList(page: Page, words: string): Promise<void> {
	await page.getByTestId('rlc-search').locator('visible=true').fill(words);
}

/** Takes the trunk from the open list. */
export async function takeTrunk(page: Page, name: string): Promise<void> {
	await page.locator('[data-test-id="rlc-item"]:visible').filter({ hasText: name }).click();
}

/** What Trunk says after one was chosen. */
export async function chosenTrunk(page: Page): Promise<string> {
	return await picker(page).getByTestId('rlc-input').locator('input').or(picker(page).locator('input[data-test-id="rlc-input"]')).inputValue();
}
