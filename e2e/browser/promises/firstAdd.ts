import type { Page } from 'playwright-core';

import { credentialFor } from '../../editor/content';
import { crazytelNode, manualTrigger, saveChain } from '../../tests/scene';
import { eventually } from '../eventually';
import { fillCredential, saveCredential } from '../pages/credentialForm';
import { addToNewWorkflow } from '../pages/firstAdd';
import { addFrom, choicesLoaded, choicesOf, choose, openNode, shownIn } from '../pages/nodeForm';
import type { BrowserScene } from '../scene';

const [SYDNEY, MOBILE] = [
	'02 9123 4567 · +61 2 9123 4567 · 61291234567',
	'0412 345 678 · SMS · +61 412 345 678 · 61412345678',
];

/** What somebody meets who has just added the node: n8n asks for the options of a dropdown before it has a credential. */
export function describeFirstAdd(scene: () => BrowserScene): void {
	async function add(action: string): Promise<Page> {
		const page = await scene().openTab();
		await addToNewWorkflow(page, action, scene().n8n.url);
		return page;
	}

	async function expectNoError(page: Page, field: string) {
		// No words such as "Error fetching options from Crazytel".
		await eventually(async () => expect(await shownIn(page, field)).toBe(''));
	}

	async function expectNumbers(page: Page, field: string, number: string) {
		await expectNoError(page, field);
		expect(await choicesLoaded(page, field)).toContain(number);
		await choose(page, field, number);
		await eventually(async () => expect(await shownIn(page, field)).toBe(number));
	}

	describe('the form of a node that was just added', () => {
		afterEach(async () => await scene().closeTabs());

		it.each(['Create SIP trunk', 'Create or update SIP trunk'])(
			'shows no error, and gives the numbers: %s',
			async (action) => {
				const page = await add(action);
				await expectNumbers(page, 'callerIdNumber', SYDNEY);
				await addFrom(page, 'Add Field', 'SMS Sender Name or ID');
				await expectNumbers(page, 'smsSender', MOBILE);
			},
		);

		it.each([
			['Update SIP trunk', 'Add Field'],
			['Get many SIP trunks', 'Add Filter'],
		] as const)('shows no error, and gives the numbers: %s', async (action, button) => {
			const page = await add(action);
			await addFrom(page, button, 'Caller ID Name or ID');
			await expectNumbers(page, 'callerIdNumber', SYDNEY);
			await addFrom(page, button, 'SMS Sender Name or ID');
			await expectNumbers(page, 'smsSender', MOBILE);
		});

		it('shows an error with a wrong key', async () => {
			const { n8n, sandbox, openTab } = scene();
			const right = credentialFor(sandbox);
			const credential = await n8n.rest.createCredential({
				...right,
				name: 'Wrong key',
				data: { ...right.data, apiKey: 'wrong' },
			});
			const workflow = await saveChain(
				scene(),
				'Wrong key',
				manualTrigger,
				crazytelNode({ ...scene(), credential }, { operation: 'create' }),
			);
			const page = await openTab();
			await openNode(page, workflow, 'Crazytel', n8n.url);
			await eventually(async () =>
				expect(await shownIn(page, 'callerIdNumber')).toBe('Error fetching options from Crazytel'),
			);
			await n8n.rest.deleteCredential(credential.id);
		});
	});

	describe('in an n8n that has no credential yet', () => {
		beforeAll(async () => {
			for (const { id } of await scene().n8n.rest.listCredentials()) await scene().n8n.rest.deleteCredential(id);
		});
		afterAll(async () => {
			const { n8n, sandbox } = scene();
			await scene().closeTabs();
			scene().credential = await n8n.rest.createCredential(credentialFor(sandbox, 0));
		});

		it('the form shows no error, and gives the numbers as soon as there is one', async () => {
			const { sandbox } = scene();
			const page = await add('Create SIP trunk');
			await expectNoError(page, 'callerIdNumber');
			expect(await choicesOf(page, 'callerIdNumber')).toEqual(['Load the numbers, then choose one']);

			await page.getByTestId('node-credentials-slot').getByRole('button').first().click();
			await fillCredential(page, 'apiKey', sandbox.apiKey);
			await fillCredential(page, 'baseUrl', sandbox.url);
			await saveCredential(page);
			await page.getByTestId('credential-edit-dialog').waitFor({ state: 'hidden' });
			await eventually(async () => expect(await choicesOf(page, 'callerIdNumber')).toContain(SYDNEY));
		});
	});
}
