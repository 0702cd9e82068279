import { credentialFor } from '../editor/content';
import { crazytelNode, type Scene } from './scene';

/** What the dropdowns show when they are opened. */
export function describePickers(scene: () => Scene): void {
	describe('the dropdown', () => {
		const ask = async (method: string, path: string) =>
			await scene().n8n.rest.loadOptions(crazytelNode(scene(), { operation: 'create' }), method, path);
		const search = async (filter?: string) =>
			await scene().n8n.rest.searchList(
				crazytelNode(scene(), { operation: 'update' }),
				'searchTrunks',
				'parameters.trunk',
				filter,
			);

		it('of caller IDs lists the verified numbers', async () => {
			const options = await ask('getVerifiedNumbers', 'parameters.callerIdNumber');
			expect(options.map(({ value }) => value)).toEqual([...scene().sandbox.verifiedNumbers()].sort());
		});

		it('of SMS senders lists those that start with 614, and no other', async () => {
			const options = await ask('getSmsSenders', 'parameters.additionalFields.smsSender');
			expect(options.map(({ value }) => value)).toEqual(['61412345678', '61498765432']);
		});

		it('of trunks lists all, and finds by username, description and caller ID', async () => {
			const { sandbox } = scene();
			const bakery = sandbox.addTrunk({ username: 'CT100001', description: 'Old Mill Bakery' });
			const dental = sandbox.addTrunk({
				username: 'CT100002',
				description: 'Harbour Dental',
				caller_id_number: '61398765432',
			});
			const found = async (filter?: string) => (await search(filter)).results.map(({ value }) => value);

			expect(await found()).toEqual([bakery.id, dental.id]);
			expect(await found('ct100002')).toEqual([dental.id]);
			expect(await found('bakery')).toEqual([bakery.id]);
			expect(await found('+61 3 9876 5432')).toEqual([dental.id]);
			expect((await search('nobody')).results).toEqual([]);
		});

		it('says what is wrong, where an empty list would mislead', async () => {
			const { n8n, sandbox } = scene();
			const { data, ...rest } = credentialFor(sandbox);
			const credential = await n8n.rest.createCredential({
				...rest,
				name: 'Wrong key',
				data: { ...data, apiKey: 'wrong' },
			});
			const node = crazytelNode({ ...scene(), credential }, { operation: 'create' });

			await expect(n8n.rest.loadOptions(node, 'getVerifiedNumbers', 'parameters.callerIdNumber')).rejects.toThrow(
				/Crazytel does not accept the API key/,
			);
		});
	});
}
