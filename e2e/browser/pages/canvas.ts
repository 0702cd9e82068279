import type { Page } from 'playwright-core';

import type { SavedWorkflow } from '../../rest';

/** Opens a workflow, as from n8n's list. */
export async function openWorkflow(page: Page, { id }: SavedWorkflow, n8nUrl: string): Promise<void> {
	await page.goto(`${n8nUrl}/workflow/${id}`);
	await page.getByTestId('canvas-node').first().waitFor();
}

/** Opens an empty workflow. */
export async function openNewWorkflow(page: Page, n8nUrl: string): Promise<void> {
	await page.goto(`${n8nUrl}/workflow/new`);
	await page.getByTestId('canvas-add-button').waitFor();
}

/** Presses Execute workflow, and waits until the nodes at the end have run. */
export async function executeWorkflow(page: Page, ...last: string[]): Promise<void> {
	await page.getByTestId('execute-workflow-button').click();
	for (const name of last) {
		await nodeOnCanvas(page, name).getByTestId('canvas-node-status-success').waitFor();
	}
}

export function nodeOnCanvas(page: Page, name: string) {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** What stands on the lines between nodes after a run, such as "2 items". */
export async function itemCounts(page: Page): Promise<string[]> {
	const labels = await page.getByTestId('edge-label').allInnerTexts();
	return labels.map((label) => label.trim());
}

/** How many pixels of each note are cut off at its lower end. */
export async function cutOffOfNotes(page: Page): Promise<number[]> {
	const contents = await page.getByTestId('sticky').locator('> [class*="wrapper"]').all();
	const heights = contents.map(
		async (content) =>
			await content.evaluate(
				({ scrollHeight, clientHeight }: { scrollHeight: number; clientHeight: number }) => scrollHeight - clientHeight,
			),
	);
	return await Promise.all(heights);
}

/** The names of the nodes that show that they ran well, sorted. */
export async function nodesThatRan(page: Page): Promise<string[]> {
	const marked = page.getByTestId('canvas-node').filter({ has: page.getByTestId('canvas-node-status-success') });
	const names = await marked.evaluateAll((nodes: Array<{ getAttribute(name: string): string | null }>) =>
		nodes.map((node) => node.getAttribute('data-node-name') ?? ''),
	);
	return names.sort();
}
