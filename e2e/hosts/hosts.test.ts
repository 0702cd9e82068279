/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import { type Sandbox, startSandbox } from '../../sandbox';
import { ENGINES, type Engines, installEngines, NEIGHBOURS } from '../install/engines';
import { type Installed, packageBeside } from './beside';
import { type Host, startHost } from './host';

let engines: Engines;
let sandbox: Sandbox;
beforeAll(async () => {
	engines = await installEngines((line) => void process.stderr.write(`${line}\n`));
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox?.close());

const CUSTOMERS = [
	{ customer: 'Harbour Dental', phone: '02 9123 4567' },
	{ customer: 'Geelong Removals', phone: 'ask Jim' },
];

/** `npm i` in n8n's nodes folder puts the newest n8n-workflow there, or what a lock file says; n8n itself puts none. */
const cells = ENGINES.flatMap((engine) =>
	[...NEIGHBOURS, undefined].map((neighbour) => ({ engine, neighbour, beside: neighbour ?? 'of its own' })),
);

describe.each(cells)('on the engine of n8n $engine, beside n8n-workflow $beside', ({ engine, neighbour }) => {
	let installed: Installed | undefined;
	let host: Host;
	const neighbourFolder = () => (neighbour === undefined ? undefined : engines.neighbour(neighbour));
	beforeAll(async () => {
		installed = await packageBeside(neighbourFolder());
		host = await startHost(engines.engine(engine), installed);
	});
	afterAll(async () => {
		host?.stop();
		await installed?.remove();
	});

	const run = async (settings: Partial<INode>, items = CUSTOMERS) =>
		await host.run({
			items,
			settings: {
				parameters: { resource: 'sipTrunk', operation: 'create', callerIdNumber: '={{ $json.phone }}' },
				...settings,
			},
			credential: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute: 0 },
		});

	it('loads, with the n8n-workflow that lies beside it, or else with that of n8n', () => {
		const { workflow, zod, inputs } = host.loaded;
		const own = realpathSync(neighbourFolder() ?? join(engines.engine(engine), 'node_modules/n8n-workflow'));
		expect(workflow.startsWith(join(own, 'dist'))).toBe(true);
		expect(zod).toMatch(/[\\/]zod[\\/]/);
		expect(inputs).toEqual(['main']);
	});

	it('sends the good item out of the first output, the failed one out of the second, with its fields and the details', async () => {
		const { good, failed, error } = await run({ onError: 'continueErrorOutput' });
		const [trunk] = sandbox.trunks();
		expect(error).toBeUndefined();
		expect(good).toMatchObject([{ id: trunk?.id, caller_id_number: '61291234567', password: trunk?.password }]);
		expect(failed).toEqual([
			{
				...CUSTOMERS[1],
				error: expect.stringMatching(/^Caller ID 'ask Jim' cannot be read as a phone number/) as unknown,
				details: { field: 'Caller ID Name or ID', parameter: 'callerIdNumber' },
			},
		]);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	it('sends both on in order with On Error: Continue', async () => {
		const { good, failed } = await run({ onError: 'continueRegularOutput' });
		expect(good).toMatchObject([
			{ caller_id_number: '61291234567' },
			{ error: expect.stringContaining("Caller ID 'ask Jim'") as unknown, details: { field: 'Caller ID Name or ID' } },
		]);
		expect(failed).toEqual([]);
	});

	it('stops at a bad item with its message, before anything is written', async () => {
		const { good, error } = await run({});
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(/^Caller ID 'ask Jim' cannot be read as a phone number/) as unknown,
			description: expect.stringContaining('Nothing was written: 1 of 2 items cannot be used') as unknown,
			context: { itemIndex: 1 },
		});
		expect(good).toEqual([]);
		expect(sandbox.trunks()).toEqual([]);
	});

	it("stops at a refusal of Crazytel's with its message and its status", async () => {
		sandbox.fault({ on: 'create', nth: 1, play: { status: 400, body: { detail: 'SMS sender is not verified' } } });
		const { error } = await run({}, CUSTOMERS.slice(0, 1));
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringContaining('Crazytel refuses') as unknown,
			httpCode: '400',
		});
	});

	// What lies beside it has no part in it.
	if (neighbour !== undefined) return;
	it.each([false, true])('reads no more of an answer than it may (packed: %j)', async (gzip) => {
		sandbox.fault({ on: 'create', play: { bigMb: 100, gzip } });
		const parameters = {
			resource: 'sipTrunk',
			operation: 'create',
			callerIdNumber: '61291234567',
			options: { checkNumbers: false },
		};
		const { good } = await run({ onError: 'continueErrorOutput', parameters }, CUSTOMERS.slice(0, 1));
		expect(good).toMatchObject([{ id: sandbox.trunks()[0]?.id, recovered: true }]);
	});
});
