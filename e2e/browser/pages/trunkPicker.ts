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

/** Turns Trunk to another way of naming one. */
export async function nameTrunkBy(page: Page, mode: 'list' | 'id' | 'username'): Promise<void> {
	await picker(page).getByTestId('rlc-mode-selector').click();
	await page.getByTestId(`mode-${mode}`).locator('visible=true').click();
}

/** How Trunk says that one is named, and how many pixels of these words are cut off. */
export async function namingShown(page: Page): Promise<{ label: string; hidden: number }> {
	const field = picker(page).getByTestId('rlc-mode-selector').locator('input');
	const hidden = await field.evaluate((input) => {
		const { scrollWidth, clientWidth } = input as unknown as Record<'scrollWidth' | 'clientWidth', number>;
		return scrollWidth - clientWidth;
	});
	return { label: await field.inputValue(), hidden };
}

/** Drags a field of the input's schema onto Trunk. */
export async function dropOnTrunk(page: Page, name: string): Promise<void> {
	const field = page
		.getByTestId('run-data-schema-item')
		.locator('[data-target="mappable"]')
		.filter({ hasText: name })
		.first();
	const [from, to] = [await field.boundingBox(), await picker(page).boundingBox()];
	if (from === null || to === null) throw new Error(`"${name}" or Trunk is not to be seen.`);
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 });
	await page.mouse.up();
}

/** What Trunk says after one was chosen. */
export async function chosenTrunk(page: Page): Promise<string> {
	return await picker(page)
		.getByTestId('rlc-input')
		.locator('input')
		.or(picker(page).locator('input[data-test-id="rlc-input"]'))
		.inputValue();
}
