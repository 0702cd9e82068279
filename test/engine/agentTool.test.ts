import type { INode } from 'n8n-workflow';

import { crazytelNode } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { countOf, credentialOf, theEngine } from './scene';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await sandbox.close();
});

async function call(callerIdNumber: string, node: Partial<INode> = {}): Promise<unknown> {
	const tool = crazytelNode('Crazytel', { operation: 'create', callerIdNumber, options: { checkNumbers: false } }, node);
	return await (await theEngine()).callTool(tool, { request: 'A trunk, please' }, credentialOf(sandbox));
}

test('an agent that calls the tool is told of the trunk', async () => {
	const told = JSON.parse(String(await call('61291234567')));

	expect(told).toMatchObject([{ id: sandbox.trunks()[0]?.id, caller_id_number: '61291234567' }]);
	expect(sandbox.trunks()).toHaveLength(1);
});

test('the message of a failure holds what happened and what to do', async () => {
	await expect(call('ask Jim')).rejects.toThrow(/^Caller ID 'ask Jim' cannot be read as a phone number\. Use a number such as/);
});

test('Retry On Fail never creates a second trunk for one call', async () => {
	sandbox.set({ trunkListEndpoint: 404 });
	sandbox.fault({ on: 'create', play: 'error500After' });

	await expect(call('61291234567', { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 })).rejects.toThrow(
		/It is unknown whether the trunk exists/,
	);
	expect(countOf(sandbox, 'create')).toBe(1);
});

test('two calls make two trunks', async () => {
	await call('61291234567');
	await call('61291234567');

	expect(sandbox.trunks()).toHaveLength(2);
});
