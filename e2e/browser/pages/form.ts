import type { Page } from 'playwright-core';

/** Waits for the form that n8n opens in a window of its own, and sends it with that answer. */
export async function answerForm(page: Page, answer: string): Promise<void> {
	const form = await page.waitForEvent('popup');
	await form.locator('select').selectOption({ label: answer });
	await form.getByRole('button', { name: 'Submit' }).click();
	await form.getByText('Form Submitted').waitFor();
}
