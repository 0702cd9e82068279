import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { crazytelNode } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf, theEngine } from './scene';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ verifiedNumbers: ['61412345678', '61291234567'] });
	sandbox.addCallRecords([
		{ at: Date.UTC(2026, 10, 20), type: 'voice', extension: 'CT100001', columns: { total_cost: 0.1 } },
	]);
});
afterEach(async () => await sandbox.close());

async function use(parameters: INodeParameters, args: IDataObject): Promise<unknown> {
	return await (await theEngine()).callTool(crazytelNode('Crazytel', parameters), args, credentialOf(sandbox));
}

const byModel = (key: string, type = 'string') => `={{ $fromAI('${key}', '', '${type}') }}`;

const records: INodeParameters = {
	resource: 'callRecord',
	operation: 'getAll',
	type: byModel('Type'),
	startDate: byModel('Start_Date'),
	endDate: byModel('End_Date'),
	extension: byModel('Extension'),
};

describe('as the tool of an agent', () => {
	test('the balance needs nothing', async () => {
		expect(JSON.stringify(await use({ resource: 'account', operation: 'getBalance' }, {}))).toContain('148.2063917');
	});

	test('verified numbers', async () => {
		const told = JSON.stringify(
			await use(
				{ resource: 'verifiedNumber', operation: 'getAll', filters: { smsOnly: byModel('SMS_Only', 'boolean') } },
				{ SMS_Only: true },
			),
		);
		expect(told).toContain('61412345678');
		expect(told).not.toContain('61291234567');
	});

	test('call records, with dates as text, and what the model leaves empty left out', async () => {
		const args = { Type: 'voice', Start_Date: '2026-11-01', End_Date: '2026-11-30', Extension: '' };
		expect(JSON.stringify(await use(records, args))).toContain('2026-11-20T00:00:00');
		expect(sandbox.requests[0]?.path).not.toContain('extension');
	});

	test('the model is told how a date is to be written', async () => {
		const args = { Type: 'all', Start_Date: 'last week', End_Date: '', Extension: '' };
		await expect(use(records, args)).rejects.toThrow(
			/^Start Date cannot be read as a date, .* Write it as 2026-11-26 /,
		);
		expect(sandbox.requests).toEqual([]);
	});
});
