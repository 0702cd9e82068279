import type { INodeParameters } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { crazytelNode, manualTrigger, saveChain } from '../../tests/scene';
import { eventually } from '../eventually';
import { choicesOf, issuesShown, openNode, take } from '../pages/nodeForm';
import { chosenTrunk, openTrunkList, searchTrunkList, takeTrunk, trunksInList } from '../pages/trunkPicker';
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
			expect(await choicesOf(page, 'callerIdNumber')).toEqual(scene().sandbox.verifiedNumbers().sort());
			await take(page, '61291234567');
		});

		it('SMS Sender lists only those that can send SMS', async () => {
			expect(await choicesOf(page, 'smsSender')).toEqual(['61412345678', '61498765432']);
			await take(page, '61412345678');
		});
	});

	it('a number that an expression gives in another form is not marked as wrong', async () => {
		const page = await openForm({ callerIdNumber: '={{ "(02) 9123 " + 4567 }}', additionalFields: { smsSender: 'wrong' } });
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
					'640218 · Brisbane warehouse, moved out (suspended)',
					'CT104233 · Sydney front desk',
					'CT587910 · Melbourne sales',
				]),
			);
		});

		it.each([
			['its description', 'front', 'CT104233 · Sydney front desk'],
			['its username', '5879', 'CT587910 · Melbourne sales'],
			['its number as people write it', '(07) 3123 4567', '640218 · Brisbane warehouse, moved out (suspended)'],
		])('finds a trunk by %s', async (_what, words, trunk) => {
			await searchTrunkList(page, words);
			await eventually(async () => expect(await trunksInList(page)).toEqual([trunk]));
		});

		it('puts the trunk that is taken into the form', async () => {
			await searchTrunkList(page, 'melb');
			await eventually(async () => expect(await trunksInList(page)).toEqual(['CT587910 · Melbourne sales']));
			await takeTrunk(page, 'CT587910');
			await eventually(async () => expect(await chosenTrunk(page)).toBe('CT587910 · Melbourne sales'));
		});
	});
}
