import type { Locator, Page } from 'playwright-core';

import type { SavedWorkflow } from '../../rest';
import { eventually } from '../eventually';
import { firstLine, openDropdown, takeFromDropdown } from './dropdown';

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

const fieldOf = (page: Page, name: string) => parameter(page, name).locator('input');

/** Opens a dropdown, when it has loaded, and gives its choices. */
export async function choicesOf(page: Page, name: string): Promise<string[]> {
	return (await choicesDescribed(page, name)).map(firstLine);
}

/** The same, with what stands below each. */
export async function choicesDescribed(page: Page, name: string): Promise<string[]> {
	return await openDropdown(fieldOf(page, name));
}

/** What a dropdown shows that is closed: its choice, nothing, or why there is none. */
export async function shownIn(page: Page, name: string): Promise<string> {
	return await fieldOf(page, name).inputValue();
}

/**
 * Opens a dropdown that is filled from the account, and gives its choices. Where n8n has asked for them without a
 * credential, there is one entry instead, which loads them.
 */
export async function choicesLoaded(page: Page, name: string): Promise<string[]> {
	const choices = await choicesOf(page, name);
	const loading = choices.find((choice) => choice.startsWith('Load the '));
	if (loading === undefined) return choices;
	await choose(page, name, loading);
	return await eventually(async () => {
		const loaded = await choicesOf(page, name);
		if (loaded.includes(loading)) throw new Error(`"${loading}" was taken, and is all that is offered.`);
		return loaded;
	});
}

/** What a dropdown offers, when that was typed into it. */
export async function choicesFor(page: Page, name: string, typed: string): Promise<string[]> {
	await choicesOf(page, name);
	await fieldOf(page, name).fill(typed);
	return await choicesOf(page, name);
}

/** Chooses in a dropdown, by the first line of a choice. */
export async function choose(page: Page, name: string, choice: string): Promise<void> {
	await takeFromDropdown(fieldOf(page, name), choice);
}

type Add = 'Add Field' | 'Add Filter' | 'Add Option';

const addField = (page: Page, add: Add) =>
	form(page).getByTestId('collection-parameter-add').locator(`input[placeholder="${add}"]`);

/** What Add Field or Add Option of a collection offers. */
export async function offeredBy(page: Page, add: Add): Promise<string[]> {
	return (await openDropdown(addField(page, add))).map(firstLine);
}

/** Adds one of these. */
export async function addFrom(page: Page, add: Add, choice: string): Promise<void> {
	await takeFromDropdown(addField(page, add), choice);
}

/** Adds the only option that there is: then n8n has a button, and no list. */
export async function addOnlyOption(page: Page): Promise<void> {
	await form(page).getByRole('button', { name: 'Add Option', exact: true }).click();
}

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
