import type { Page } from 'playwright-core';

import { eventually } from '../eventually';
import { addToNewWorkflow } from '../pages/firstAdd';
import { addFrom, choicesLoaded, choose, parameter, shownIn, switchOn } from '../pages/nodeForm';
import { executeStep, failStep, hintsShown, itemsShown } from '../pages/output';
import { takeFromList } from '../pages/resourcePicker';
import type { BrowserScene } from '../scene';

/** The forms of what costs money, from an empty workflow to what comes out. */
export function describeNumbersAndSms(scene: () => BrowserScene): void {
	async function add(action: string): Promise<Page> {
		const page = await scene().openTab();
		await addToNewWorkflow(page, action, scene().n8n.url);
		return page;
	}

	async function fill(page: Page, field: string, text: string): Promise<void> {
		await parameter(page, field).locator('input, textarea').fill(text);
	}

	async function takeOffered(page: Page, field: string, choice: string): Promise<void> {
		await choicesLoaded(page, field);
		await choose(page, field, choice);
		// n8n loads the list once more when one is taken for the first time.
		await eventually(async () => expect(await shownIn(page, field)).toBe(choice));
	}

	describe('numbers and SMS', () => {
		afterEach(async () => await scene().closeTabs());

		it('Buy: nothing without Accept Charge, then the number with the address and the owner that were chosen, once', async () => {
			const { sandbox } = scene();
			const page = await add('Buy phone number');
			await fill(page, 'number', '+61 2 9200 1000');
			await takeOffered(page, 'addressId', '12 Canary Street Sydney NSW 2000');
			await takeOffered(page, 'ownerId', 'Canaria Holder');
			await fill(page, 'destination', 'CT104233');

			expect(await failStep(page)).toEqual({
				message: 'Accept Charge is off: nothing was bought.',
				description:
					'Switch it on if the account may be charged for the number, once and every month.\nNothing was written.',
			});
			expect(sandbox.numbers.purchases()).toEqual([]);

			await switchOn(page, 'acceptCharge');
			await executeStep(page);
			expect(await itemsShown(page)).toMatchObject([
				{ did_number: '61292001000', primary_destination: 'CT104233', alreadyOwned: false },
			]);
			expect(sandbox.numbers.purchases()).toMatchObject([{ did_number: '61292001000' }]);
		});

		it('Route to Trunk: both are chosen from lists, and a suspended trunk is told', async () => {
			const { sandbox } = scene();
			sandbox.numbers.add({ did_number: '61398765432', description: 'Sales' });
			const page = await add('Route phone number to trunk');
			await takeFromList(page, 'phoneNumber', '+61 3 9876 5432 · Sales');
			await takeFromList(page, 'trunk', '640218');

			await executeStep(page);
			expect(await hintsShown(page)).toContain('The trunk 640218 is suspended: it takes no calls until it is enabled.');
			expect(await itemsShown(page)).toMatchObject([
				{ did_number: '61398765432', primary_route: 'device', primary_destination: '640218' },
			]);
			expect(sandbox.numbers.find('61398765432')).toMatchObject({ primary_destination: '640218' });
		});

		it('SMS: a dry run shows how it would be sent and how many parts are charged, and sends nothing', async () => {
			const { sandbox } = scene();
			const page = await add('Send SMS');
			await takeOffered(page, 'from', '0412 345 678 · SMS · +61 412 345 678 · 61412345678');
			await fill(page, 'to', '0498 000 111');
			await fill(page, 'text', 'Your login is CT104233 🎉');
			await addFrom(page, 'Add Option', 'Dry Run');

			await executeStep(page);
			expect(await itemsShown(page)).toMatchObject([
				{
					dryRun: true,
					request: { path: '/api/v2/sms/send', body: { from: '61412345678', to: '61498000111' } },
					sms: { encoding: 'Unicode', characters: 24, places: 25, parts: 1 },
				},
			]);
			expect(sandbox.messages()).toEqual([]);
		});
	});
}
