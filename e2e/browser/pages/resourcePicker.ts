import type { Page } from 'playwright-core';

import { eventually, STEP_MS } from '../eventually';

const picker = (page: Page, name: string) => page.getByTestId(`resource-locator-${name}`);
const search = (page: Page) => page.getByTestId('rlc-search').locator('visible=true');
const itemsIn = (page: Page) => page.locator('[data-test-id="rlc-item"]:visible');

/** Opens the From List of a parameter, where it is not open. */
async function openList(page: Page, name: string): Promise<void> {
	await eventually(async () => {
		if (!(await search(page).isVisible())) {
			await picker(page, name).getByTestId('rlc-input-container').click({ timeout: STEP_MS });
		}
		await search(page).waitFor({ timeout: STEP_MS });
	});
}

/** Opens the From List of Trunk. */
export async function openTrunkList(page: Page): Promise<void> {
	await openList(page, 'trunk');
}

/** Takes what is called so from the list of a parameter, and waits until the list is closed. */
export async function takeFromList(page: Page, name: string, words: string): Promise<void> {
	await eventually(async () => {
		await openList(page, name);
		await itemsIn(page).filter({ hasText: words }).click({ timeout: STEP_MS });
	});
	await search(page).waitFor({ state: 'hidden' });
}

/** The trunks that the open list shows. */
export async function trunksInList(page: Page): Promise<string[]> {
	return (await itemsIn(page).allInnerTexts()).map((name) => name.trim());
}

/** Types into the search of the open list. */
export async function searchTrunkList(page: Page, words: string): Promise<void> {
	await search(page).fill(words);
}

/** Turns Trunk to another way of naming one. */
export async function nameTrunkBy(page: Page, mode: 'list' | 'id' | 'username'): Promise<void> {
	await picker(page, 'trunk').getByTestId('rlc-mode-selector').click();
	await page.getByTestId(`mode-${mode}`).locator('visible=true').click();
}

/** How Trunk says that one is named, and how many pixels of these words are cut off. */
export async function namingShown(page: Page): Promise<{ label: string; hidden: number }> {
	const field = picker(page, 'trunk').getByTestId('rlc-mode-selector').locator('input');
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
	const [from, to] = [await field.boundingBox(), await picker(page, 'trunk').boundingBox()];
	if (from === null || to === null) throw new Error(`"${name}" or Trunk is not to be seen.`);
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 });
	await page.mouse.up();
}

/** What Trunk says after one was chosen. */
export async function chosenTrunk(page: Page): Promise<string> {
	return await picker(page, 'trunk')
		.getByTestId('rlc-input')
		.locator('input')
		.or(picker(page, 'trunk').locator('input[data-test-id="rlc-input"]'))
		.inputValue();
}
