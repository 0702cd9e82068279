import type { Page } from 'playwright-core';

const entries = (page: Page) => page.getByTestId('node-creator-item-name');
const panel = (page: Page) => page.getByTestId('node-creator');

/** Opens the panel from which a node is taken. */
export async function openNodePanel(page: Page): Promise<void> {
	await page.getByTestId('node-creator-plus-button').click();
	await page.getByTestId('node-creator-search-bar').waitFor();
}

/** Types into the search of the panel. */
export async function searchNodes(page: Page, words: string): Promise<void> {
	await page.getByTestId('node-creator-search-bar').fill(words);
}

/** The names that the panel shows, in its order. */
export async function namesInPanel(page: Page): Promise<string[]> {
	return (await entries(page).allInnerTexts()).map((name) => name.trim());
}

/** The picture beside an entry: its file, and whether the browser could draw it. */
export async function iconInPanel(page: Page, name: string): Promise<{ file: string; isDrawn: boolean }> {
	const entry = panel(page)
		.getByTestId('item-iterator-item')
		.filter({ has: entries(page).getByText(name, { exact: true }) });
	const image = entry.locator('img').first();
	return {
		file: (await image.getAttribute('src'))?.split('/').at(-1) ?? '',
		isDrawn: await image.evaluate(
			(drawn: { complete?: boolean; naturalWidth?: number }) =>
				drawn.complete === true && (drawn.naturalWidth ?? 0) > 0,
		),
	};
}

/** Chooses an entry: a node, then one of its actions. */
export async function chooseInPanel(page: Page, name: string): Promise<void> {
	await entries(page).getByText(name, { exact: true }).click();
}

/** Unfolds a group of entries, such as Actions below Triggers. */
export async function unfold(page: Page, group: string): Promise<void> {
	await panel(page).getByTestId('node-creator-category-item').filter({ hasText: group }).click();
}
