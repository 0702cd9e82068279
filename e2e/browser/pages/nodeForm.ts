import type { Locator, Page } from 'playwright-core';

import type { SavedWorkflow } from '../../rest';
import { eventually } from '../eventually';

/** Opens the form of a node, as a double click on it does. */
export async function openNode(page: Page, { id }: SavedWorkflow, node: string, n8nUrl: string): Promise<void> {
	await page.goto(`${n8nUrl}/workflow/${id}/${node}`);
	await form(page).waitFor();
}

const form = (page: Page) => page.getByTestId('node-parameters');

/** A parameter by its name in the node's description, such as `callerIdNumber`. */
export function parameter(page: Page, name: string): Locator {
	return form(page).getByTestId(`parameter-input-${name}`);
}

/** The names of the parameters and collections that are shown, from top to bottom. */
export async function shownParameters(page: Page): Promise<string[]> {
	const labels = await form(page).locator('[data-test-id="input-label"]:visible').allInnerTexts();
	return labels.map(firstLine);
}

/** What the form says between its parameters. */
export async function noticesShown(page: Page): Promise<string[]> {
	return (await form(page).locator('.notice:visible, [data-test-id="notice"]:visible').allInnerTexts()).map((text) =>
		text.trim(),
	);
}

/** Opens a dropdown, when it has loaded, and gives its choices. */
export async function choicesOf(page: Page, name: string): Promise<string[]> {
	await parameter(page, name).locator('input').click();
	return await openChoices(page);
}

/** What a dropdown shows that is closed: its choice, nothing, or why there is none. */
export async function shownIn(page: Page, name: string): Promise<string> {
	return await parameter(page, name).locator('input').inputValue();
}

/**
 * Opens a dropdown that is filled from the account, and gives its choices. Where n8n has asked for them without a
 * credential, there is one entry instead, which loads them.
 */
export async function choicesLoaded(page: Page, name: string): Promise<string[]> {
	const choices = await choicesOf(page, name);
	const loading = choices.find((choice) => choice.startsWith('Load the '));
	if (loading === undefined) return choices;
	const loaded = page.waitForResponse((response) => response.url().endsWith('/rest/dynamic-node-parameters/options'));
	await take(page, loading);
	await loaded;
	return await choicesOf(page, name);
}

/** What a dropdown offers that is open, when that was typed into it. */
export async function choicesFor(page: Page, name: string, typed: string): Promise<string[]> {
	await parameter(page, name).locator('input').fill(typed);
	return await openChoices(page);
}

/** Chooses in a dropdown, by the first line of a choice. */
export async function choose(page: Page, name: string, choice: string): Promise<void> {
	await choicesOf(page, name);
	await take(page, choice);
}

/** What Add Field or Add Option of a collection offers. */
export async function offeredBy(page: Page, add: 'Add Field' | 'Add Filter' | 'Add Option'): Promise<string[]> {
	await form(page)
		.getByTestId('collection-parameter-add')
		.filter({ has: page.locator(`[placeholder="${add}"]`) })
		.click();
	return await openChoices(page);
}

/** Adds the only option that there is: then n8n has a button, and no list. */
export async function addOnlyOption(page: Page): Promise<void> {
	await form(page).getByRole('button', { name: 'Add Option', exact: true }).click();
}

/** Takes one of the choices that are open. */
export async function take(page: Page, choice: string): Promise<void> {
	// A list that comes, or goes, is read anew.
	const index = await eventually(async () => {
		const choices = await openChoices(page);
		if (!choices.includes(choice)) throw new Error(`"${choice}" is not offered, but: ${choices.join(', ')}.`);
		return choices.indexOf(choice);
	});
	await visibleChoices(page).nth(index).click();
	await visibleChoices(page).first().waitFor({ state: 'hidden' });
}

const visibleChoices = (page: Page) => page.locator('[role="option"]:visible').filter({ hasText: /\S/ });

/** Opens a dropdown, and gives its choices with what stands below each. */
export async function choicesDescribed(page: Page, name: string): Promise<string[]> {
	await parameter(page, name).locator('input').click();
	await openChoices(page);
	return (await visibleChoices(page).allInnerTexts()).map((text) => text.trim());
}

async function openChoices(page: Page): Promise<string[]> {
	await visibleChoices(page).first().waitFor();
	return (await visibleChoices(page).allInnerTexts()).map(firstLine);
}

/** Below it stand a description, or the switch between Fixed and Expression. */
const firstLine = (text: string) => text.trim().split('\n')[0]?.trim() ?? '';

/** The button by which the model fills in a field, in the tool of an agent. */
const modelButton = (page: Page, name: string) => parameter(page, name).getByTestId('from-ai-override-button');

/** Whether a field can be left to the model by it. */
export async function isLeftToModel(page: Page, name: string): Promise<'can be' | 'cannot be'> {
	await parameter(page, name).waitFor();
	return (await modelButton(page, name).count()) > 0 ? 'can be' : 'cannot be';
}

/** Presses it. */
export async function leaveToModel(page: Page, name: string): Promise<void> {
	await modelButton(page, name).click();
}

/** Turns on what is off. */
export async function switchOn(page: Page, name: string): Promise<void> {
	await parameter(page, name).getByRole('switch').or(parameter(page, name).locator('.el-switch')).first().click();
}

/** How many fields the form marks as wrong. */
export async function issuesShown(page: Page): Promise<number> {
	return await form(page).locator('[data-test-id="parameter-issues"]:visible').count();
}
