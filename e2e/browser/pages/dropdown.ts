import type { Locator } from 'playwright-core';

import { eventually, STEP_MS } from '../eventually';

/** The choices of the list that belongs to this field: another one may still be on its way out. */
async function choicesIn(field: Locator): Promise<Locator> {
	const list = await field.getAttribute('aria-controls', { timeout: STEP_MS });
	return field.page().locator(`[id="${list}"] [role="option"]:visible`).filter({ hasText: /\S/ });
}

/**
 * Opens a dropdown where it is not open, and gives the texts of its choices. n8n closes an open list when it fills
 * it anew: then it is opened again.
 *
 * @param field its input
 */
export async function openDropdown(field: Locator): Promise<string[]> {
	return await eventually(async () => {
		if ((await field.getAttribute('aria-expanded', { timeout: STEP_MS })) !== 'true') {
			await field.click({ timeout: STEP_MS });
		}
		const choices = await choicesIn(field);
		await choices.first().waitFor({ timeout: STEP_MS });
		return (await choices.allInnerTexts()).map((text) => text.trim());
	});
}

/** Takes a choice of a dropdown, by the first line of its text, and waits until the list is closed. */
export async function takeFromDropdown(field: Locator, choice: string): Promise<void> {
	const choices = await eventually(async () => {
		const offered = (await openDropdown(field)).map(firstLine);
		if (!offered.includes(choice)) throw new Error(`"${choice}" is not offered, but: ${offered.join(', ')}.`);
		const open = await choicesIn(field);
		await open.nth(offered.indexOf(choice)).click({ timeout: STEP_MS });
		return open;
	});
	// The field itself may be gone: n8n shows something else in its place.
	await choices.first().waitFor({ state: 'hidden' });
}

/** Below it stand a description, or the switch between Fixed and Expression. */
export const firstLine = (text: string) => text.trim().split('\n')[0]?.trim() ?? '';
