import type { Page } from 'playwright-core';

import { crazytelNode, manualTrigger, saveChain } from '../../tests/scene';
import { eventually } from '../eventually';
import {
	addFrom,
	addOnlyOption,
	choicesOf,
	choose,
	offeredBy,
	openNode,
	parameter,
	shownParameters,
} from '../pages/nodeForm';
import type { BrowserScene } from '../scene';

/** What the form of each operation shows below Resource and Operation. */
const FORMS: Record<string, string[]> = {
	Create: ['Caller ID Name or ID', 'Description', 'Password Source', 'Additional Fields', 'Options'],
	'Create or Update': ['Description', 'Caller ID Name or ID', 'Password Source', 'Additional Fields', 'Options'],
	Delete: ['Trunk', 'Options'],
	Enable: ['Trunk', 'Options'],
	Get: ['Trunk'],
	'Get Many': ['Return All', 'Limit', 'Filters'],
	'Rotate Password': ['Trunk', 'Password Source', 'Options'],
	Suspend: ['Trunk', 'Options'],
	Update: ['Trunk', 'Update Fields', 'Options'],
};

/** What somebody sees who chooses an operation and fills in its form. */
export function describeParameters(scene: () => BrowserScene): void {
	describe('the form of the node', () => {
		let page: Page;
		beforeAll(async () => {
			page = await scene().openTab();
			const workflow = await saveChain(scene(), 'Form', manualTrigger, crazytelNode(scene(), {}));
			await openNode(page, workflow, 'Crazytel', scene().n8n.url);
		});
		afterAll(async () => await page?.close());

		it('offers the nine operations', async () => {
			const offered = await choicesOf(page, 'operation');
			await choose(page, 'operation', 'Create');
			// n8n adds the last one to every node that has a credential.
			expect(offered).toEqual([...Object.keys(FORMS), 'Custom API Call']);
		});

		it('shows for each operation its own parameters, and for the next one no longer', async () => {
			for (const [operation, labels] of Object.entries(FORMS)) {
				await choose(page, 'operation', operation);
				await eventually(async () =>
					expect([operation, ...(await shownParameters(page))]).toEqual([
						operation,
						'Resource',
						'Operation',
						...labels,
					]),
				);
			}
		});

		it.each(['Create', 'Create or Update', 'Rotate Password'])(
			'asks for a password in %s only if one is to be entered, and hides what is typed',
			async (operation) => {
				await choose(page, 'operation', operation);
				await choose(page, 'passwordSource', 'Enter');
				await eventually(async () => {
					const shown = await shownParameters(page);
					expect(shown[shown.indexOf('Password Source') + 1]).toBe('Password');
				});
				const input = parameter(page, 'password').locator('input');
				expect(await input.getAttribute('type')).toBe('password');
				expect(await input.getAttribute('placeholder')).toBe('e.g. 8 or more characters with A-Z, a-z, 0-9');

				await choose(page, 'passwordSource', 'Generate');
				await eventually(async () => expect(await shownParameters(page)).not.toContain('Password'));
			},
		);

		it('says of Create or Update that the description is the key', async () => {
			const key = page
				.getByTestId('node-parameters')
				.getByText('The trunk with this description is updated; if there is none, it is created');
			await choose(page, 'operation', 'Create or Update');
			await key.waitFor();
			await choose(page, 'operation', 'Create');
			await key.waitFor({ state: 'hidden' });
		});

		it('switches Dry Run on in Delete with the one click that adds it', async () => {
			await choose(page, 'operation', 'Delete');
			await addOnlyOption(page);
			expect(await parameter(page, 'dryRun').getByRole('switch').getAttribute('aria-checked')).toBe('true');
		});

		it.each([
			['Suspend', 'Only If Changed', 'onlyIfChanged'],
			['Create or Update', 'Update Password', 'updatePassword'],
		])('switches on what is added in %s: %s', async (operation, option, name) => {
			await choose(page, 'operation', operation);
			await addFrom(page, 'Add Option', option);
			expect(await parameter(page, name).getByRole('switch').getAttribute('aria-checked')).toBe('true');
		});

		it('asks for a limit only without Return All', async () => {
			await choose(page, 'operation', 'Get Many');
			expect(await parameter(page, 'limit').locator('input').inputValue()).toBe('50');
			await parameter(page, 'returnAll').locator('.el-switch').click();
			await eventually(async () => expect(await shownParameters(page)).not.toContain('Limit'));
		});

		it('offers optional fields in alphabetical order, each once', async () => {
			await choose(page, 'operation', 'Create');
			const offered = await offeredBy(page, 'Add Field');
			expect(offered).toEqual([
				'Area Code',
				'Enabled',
				'Hide Caller ID',
				'SMS Sender Name or ID',
				'Softphone Show Balance',
				'Softphone Sync SMS',
			]);
			await addFrom(page, 'Add Field', 'Area Code');
			await eventually(async () => expect(await shownParameters(page)).toContain('Area Code'));
			expect(await offeredBy(page, 'Add Field')).toEqual(offered.slice(1));
		});
	});
}
