import type { INode, INodeParameters } from 'n8n-workflow';

import { itemsOf } from '../rest';
import { crazytelNode, manualTrigger, saveChain, type Scene } from './scene';

/** Who gets the number, in the sandbox. */
const ADDRESS = 'a1f0c3d2-1111-4a11-8a11-0000000000a1';
const OWNER = 'b2e0c3d2-1111-4b11-8b11-0000000000b1';

/** Each operation beside those of trunks, once, as a workflow that serves a new customer and looks at what it has cost. */
export function describeWholeJob(scene: () => Scene): void {
	function step(name: string, resource: string, operation: string, parameters: INodeParameters = {}): INode {
		return crazytelNode(scene(), { resource, operation, ...parameters }, { id: name, name });
	}
	const number = { __rl: true, mode: 'number', value: "={{ $('Buy').item.json.did_number }}" } as unknown as string;
	const trunk = { __rl: true, mode: 'id', value: "={{ $('Trunk').item.json.username }}" } as unknown as string;

	it('serves a new customer: a number is found, bought and routed to a new trunk, and its login is sent', async () => {
		const { n8n, sandbox } = scene();
		const before = sandbox.balance();
		const workflow = await saveChain(
			scene(),
			'New customer',
			manualTrigger,
			step('Search', 'phoneNumber', 'searchAvailable', { limit: 1, filters: { state: 'NSW', city: 'Sydney' } }),
			step('Buy', 'phoneNumber', 'buy', {
				number: '={{ $json.did_number }}',
				addressId: ADDRESS,
				ownerId: OWNER,
				route: 'congestion',
				acceptCharge: true,
				additionalFields: { description: 'Harbour Dental' },
			}),
			step('Trunk', 'sipTrunk', 'upsert', { trunkDescription: 'Harbour Dental', callerIdNumber: '02 9123 4567' }),
			step('Route', 'phoneNumber', 'routeToTrunk', { phoneNumber: number, trunk }),
			step('Rename', 'phoneNumber', 'update', {
				phoneNumber: number,
				updateFields: { description: 'Harbour Dental, front desk', timeout: 20 },
			}),
			step('Tell', 'sms', 'send', {
				from: '61412345678',
				to: '0498 000 111',
				text: "=Your login is {{ $('Trunk').item.json.username }}.",
			}),
		);
		const execution = await n8n.rest.runManually(workflow, 'Start');

		expect([execution.status, execution.data.resultData.error?.message]).toEqual(['success', undefined]);
		const [made] = sandbox.trunks();
		const [bought] = sandbox.numbers.owned();
		expect(sandbox.trunks()).toHaveLength(1);
		expect(sandbox.numbers.purchases()).toHaveLength(1);
		expect(bought).toMatchObject({
			description: 'Harbour Dental, front desk',
			primary_route: 'device',
			primary_destination: made?.username,
			primary_timeout: 20,
		});
		expect(itemsOf(execution, 'Buy')).toMatchObject([{ did_number: bought?.did_number, alreadyOwned: false }]);
		expect(itemsOf(execution, 'Rename')).toMatchObject([{ did_number: bought?.did_number, primary_timeout: 20 }]);
		expect(sandbox.messages()).toMatchObject([
			{ from: '61412345678', to: '61498000111', text: `Your login is ${String(made?.username)}.` },
		]);
		expect(itemsOf(execution, 'Tell')).toMatchObject([{ status: 'queued', uuid: sandbox.messages()[0]?.uuid }]);
		const [purchase] = sandbox.numbers.purchases();
		expect(sandbox.balance()).toBeCloseTo(before - (purchase?.cost ?? 0) - 0.05);
		for (const key of [sandbox.apiKey, sandbox.smsApiKey]) expect(execution.text).not.toContain(key);
	});

	it('reads what there is: balance, verified numbers, numbers, call records', async () => {
		const { n8n, sandbox } = scene();
		sandbox.numbers.add({
			did_number: '61291234567',
			description: 'Front desk',
			primary_route: 'device',
			primary_destination: 'CT100001',
		});
		sandbox.addCallRecords([
			{
				at: Date.UTC(2026, 10, 20, 3),
				type: 'voice',
				extension: 'CT100001',
				columns: { total_cost: 0.12, answer_time: null },
			},
		]);
		const workflow = await saveChain(
			scene(),
			'What there is',
			manualTrigger,
			step('Balance', 'account', 'getBalance'),
			step('Verified', 'verifiedNumber', 'getAll', { limit: 1, filters: { smsOnly: true } }),
			step('Numbers', 'phoneNumber', 'getAll', { returnAll: true }),
			step('Number', 'phoneNumber', 'get', {
				phoneNumber: { __rl: true, mode: 'number', value: '(02) 9123 4567' } as unknown as string,
			}),
			step('Calls', 'callRecord', 'getAll', {
				type: 'voice',
				startDate: '2026-11-01',
				endDate: '2026-11-30',
				returnAll: true,
			}),
		);
		const execution = await n8n.rest.runManually(workflow, 'Start');

		expect([execution.status, execution.data.resultData.error?.message]).toEqual(['success', undefined]);
		expect(itemsOf(execution, 'Balance')).toEqual([{ account_code: '0031742', balance: sandbox.balance() }]);
		expect(itemsOf(execution, 'Verified')).toEqual([{ number: '61412345678' }]);
		expect(itemsOf(execution, 'Numbers')).toMatchObject([{ did_number: '61291234567', description: 'Front desk' }]);
		expect(itemsOf(execution, 'Number')).toMatchObject([{ did_number: '61291234567' }]);
		expect(itemsOf(execution, 'Calls')).toMatchObject([
			{ setup_time: '2026-11-20T03:00:00', total_cost: 0.12, answer_time: null },
		]);
		const [calls] = sandbox.requests.filter(({ kind }) => kind === 'callRecords');
		expect(calls?.path).toContain('type=%2Avoice');
	});
}
