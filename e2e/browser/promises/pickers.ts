import type { INodeParameters } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { crazytelNode, manualTrigger, saveChain } from '../../tests/scene';
import { eventually } from '../eventually';
import { choicesFor, choicesOf, choose, issuesShown, openNode } from '../pages/nodeForm';
import { chosenTrunk, openTrunkList, searchTrunkList, takeFromList, trunksInList } from '../pages/resourcePicker';
import type { BrowserScene } from '../scene';

/** What the lists offer that are filled from the account. */
export function describePickersInEditor(scene: () => BrowserScene): void {
	async function openForm(parameters: INodeParameters): Promise<Page> {
		const workflow = await saveChain(scene(), 'Lists', manualTrigger, crazytelNode(scene(), parameters));
		const page = await scene().openTab();
		await openNode(page, workflow, 'Crazytel', scene().n8n.url);
		return page;
	}

	describe('the lists of numbers', () => {
		let page: Page;
		beforeAll(async () => {
			page = await openForm({ additionalFields: { smsSender: '' } });
		});
		afterAll(async () => await page?.close());

		it('Caller ID lists the verified numbers of the account', async () => {
			expect(await choicesOf(page, 'callerIdNumber')).toEqual([
				'02 9123 4567 · +61 2 9123 4567 · 61291234567',
				'03 9876 5432 · +61 3 9876 5432 · 61398765432',
				'0412 345 678 · SMS · +61 412 345 678 · 61412345678',
				'0498 765 432 · SMS · +61 498 765 432 · 61498765432',
				'07 3123 4567 · +61 7 3123 4567 · 61731234567',
				'08 7010 1234 · +61 8 7010 1234 · 61870101234',
			]);
		});

		it.each([
			['02 9', '02 9123 4567 · +61 2 9123 4567 · 61291234567'],
			['0412', '0412 345 678 · SMS · +61 412 345 678 · 61412345678'],
			['+61 2', '02 9123 4567 · +61 2 9123 4567 · 61291234567'],
			['61731', '07 3123 4567 · +61 7 3123 4567 · 61731234567'],
		])('Caller ID finds a number by %s', async (typed, number) => {
			await eventually(async () => expect(await choicesFor(page, 'callerIdNumber', typed)).toEqual([number]));
		});

		it('SMS Sender lists only those that can send SMS', async () => {
			await choose(page, 'callerIdNumber', '07 3123 4567 · +61 7 3123 4567 · 61731234567');
			const choices = await choicesOf(page, 'smsSender');
			expect(choices).toEqual([
				'0412 345 678 · SMS · +61 412 345 678 · 61412345678',
				'0498 765 432 · SMS · +61 498 765 432 · 61498765432',
			]);
			await choose(page, 'smsSender', choices[0] ?? '');
		});
	});

	it('a number that an expression gives in another form is not marked as wrong', async () => {
		const page = await openForm({
			callerIdNumber: '={{ "(02) 9123 " + 4567 }}',
			additionalFields: { smsSender: 'wrong' },
		});
		await page.getByTestId('node-parameters').getByText('(02) 9123 4567').waitFor();
		// The editor compares once it has both lists, and this one opens only then.
		await choicesOf(page, 'smsSender');
		expect(await issuesShown(page)).toBe(0);
		await page.close();
	});

	describe('the list of trunks', () => {
		let page: Page;
		beforeAll(async () => {
			page = await openForm({ operation: 'suspend' });
			await openTrunkList(page);
		});
		afterAll(async () => await page?.close());

		it('has the trunks by username and description, and says which are suspended', async () => {
			await eventually(async () =>
				expect(await trunksInList(page)).toEqual([
					'640218 · Brisbane warehouse, moved out · +61 7 3123 4567 (suspended)',
					'CT104233 · Sydney front desk · +61 2 9123 4567',
					'CT587910 · Melbourne sales · +61 3 9876 5432',
				]),
			);
		});

		it.each([
			['its description', 'front', 'CT104233 · Sydney front desk · +61 2 9123 4567'],
			['its description without the accent', 'cafe', 'CT600000 · Café Lune · +61 412 345 678'],
			['its username', '5879', 'CT587910 · Melbourne sales · +61 3 9876 5432'],
			[
				'its number as people write it',
				'(07) 3123 4567',
				'640218 · Brisbane warehouse, moved out · +61 7 3123 4567 (suspended)',
			],
			['the beginning of its number', '0412', 'CT600000 · Café Lune · +61 412 345 678'],
			['its state', 'suspended', '640218 · Brisbane warehouse, moved out · +61 7 3123 4567 (suspended)'],
		])('finds a trunk by %s', async (_what, words, trunk) => {
			scene().sandbox.addTrunk({ username: 'CT600000', description: 'Café Lune', caller_id_number: '61412345678' });
			await searchTrunkList(page, words);
			await eventually(async () => expect(await trunksInList(page)).toEqual([trunk]));
		});

		it('puts the trunk that is taken into the form', async () => {
			await searchTrunkList(page, 'melb');
			await eventually(async () =>
				expect(await trunksInList(page)).toEqual(['CT587910 · Melbourne sales · +61 3 9876 5432']),
			);
			await takeFromList(page, 'trunk', 'CT587910');
			await eventually(async () =>
				expect(await chosenTrunk(page)).toBe('CT587910 · Melbourne sales · +61 3 9876 5432'),
			);
		});
	});
}
