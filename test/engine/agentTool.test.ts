import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { type AgentTool, CRAZYTEL_TOOL, crazytelNode } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { countOf, credentialOf, play, theEngine, writes } from './scene';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await sandbox.close();
});

/** Calls the tool with arguments of the model's own. */
async function use(parameters: INodeParameters, args: IDataObject, node: Partial<INode> = {}): Promise<unknown> {
	return await (await theEngine()).callTool(crazytelNode('Crazytel', parameters, node), args, credentialOf(sandbox));
}

async function call(callerIdNumber: string, node: Partial<INode> = {}): Promise<unknown> {
	const tool = crazytelNode(
		'Crazytel',
		{ operation: 'create', callerIdNumber, options: { checkNumbers: false } },
		node,
	);
	return await (await theEngine()).callTool(tool, { request: 'A trunk, please' }, credentialOf(sandbox));
}

/** What n8n's button writes where a field is left to the model; its key is the field's name. */
function byButton(label: string, description = '', type = 'string'): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label.replace(/[^a-zA-Z0-9-]/g, '_')}', \`${description}\`, '${type}') }}`;
}

/** What the dropdown of a tool writes there. */
async function byDropdown(method: 'getVerifiedNumbers' | 'getSmsSenders'): Promise<string> {
	const choices = await (await theEngine()).loadOptions(method, credentialOf(sandbox), CRAZYTEL_TOOL);
	return String(choices.find(({ name }) => name === 'Let the Model Choose')?.value);
}

describe('a dropdown', () => {
	test.each([
		['getVerifiedNumbers', 'Caller_ID', '61291234567'],
		['getSmsSenders', 'SMS_Sender', '61412345678'],
	] as const)(
		'of a tool offers first to let the model choose, and is otherwise the same (%s)',
		async (method, key, example) => {
			const engine = await theEngine();
			const ofNode = await engine.loadOptions(method, credentialOf(sandbox));
			const [first, ...others] = await engine.loadOptions(method, credentialOf(sandbox), CRAZYTEL_TOOL);

			expect(first?.name).toBe('Let the Model Choose');
			expect(others).toEqual(ofNode);
			expect(JSON.stringify(ofNode)).not.toContain('fromAI');
			const { asks } = engine.toolOf(
				crazytelNode('Crazytel', { operation: 'create', callerIdNumber: String(first?.value) }),
				credentialOf(sandbox),
			);
			expect(asks).toEqual({ [key]: expect.stringContaining(example) as unknown });
		},
	);
});

test('the model is asked for what is left to it and for nothing else, and called with each value', async () => {
	const tool = (await theEngine()).toolOf(
		crazytelNode('Create a trunk', {
			operation: 'create',
			callerIdNumber: await byDropdown('getVerifiedNumbers'),
			trunkDescription: byButton('Description', 'The name of the customer'),
			additionalFields: {
				areaCode: byButton('Area Code'),
				enabled: byButton('Enabled', '', 'boolean'),
				smsSender: await byDropdown('getSmsSenders'),
			},
		}),
		credentialOf(sandbox),
	);
	expect(tool).toMatchObject({ name: 'Create_a_trunk', description: 'Create SIP trunk in Crazytel' });
	expect(Object.keys(tool.asks).sort()).toEqual(['Area_Code', 'Caller_ID', 'Description', 'Enabled', 'SMS_Sender']);

	await tool.call({
		Area_Code: 'NSW',
		Caller_ID: '02 9123 4567',
		Description: 'Acme',
		Enabled: false,
		SMS_Sender: '0412 345 678',
	});
	expect(sandbox.trunks()).toMatchObject([
		{
			area_code: '02',
			caller_id_number: '61291234567',
			description: 'Acme',
			enabled: false,
			sms_sender: '61412345678',
		},
	]);
});

test('a model that begins with wrong forms finds the right ones in the errors: it creates, finds, updates and suspends one trunk', async () => {
	sandbox.addTrunk({ username: 'CT999999', description: 'Another', enabled: true });
	const trunk = { __rl: true, mode: 'id', value: byButton('Trunk') } as unknown as string;
	const callerIdNumber = await byDropdown('getVerifiedNumbers');
	const create = await toolFor('upsert', {
		trunkDescription: byButton('Description'),
		callerIdNumber,
		additionalFields: { areaCode: byButton('Area Code') },
	});
	const find = await toolFor('getAll', { filters: { description: byButton('Description') } });
	const update = await toolFor('update', {
		trunk,
		updateFields: { callerIdNumber, smsSender: await byDropdown('getSmsSenders') },
	});
	const suspend = await toolFor('suspend', { trunk });

	// Each call takes what the answers before it have told, and nothing that only the test knows.
	expect(await told(create, { Description: '', Caller_ID: 'ask Jim', Area_Code: 'Sydney' })).toMatch(
		/^Area Code 'Sydney' is not an Australian area code\. Caller ID 'ask Jim' cannot be read as a phone number\. Description is empty\. .*Caller ID: Use a number such as .*Description: Fill it in\./,
	);
	const notVerified = await told(create, {
		Description: 'Harbour Dental',
		Caller_ID: '(02) 9999 9999',
		Area_Code: '2',
	});
	const verified = /Use one of the verified numbers: (\d+)/.exec(notVerified)?.[1];
	const made = await told(create, { Description: 'Harbour Dental', Caller_ID: verified, Area_Code: '2' });
	expect(JSON.parse(made)).toMatchObject([
		{ description: 'Harbour Dental', caller_id_number: verified, area_code: '02' },
	]);

	expect(await told(find, { Description: ' ' })).toMatch(/^Description is empty\. Fill it in, or remove the filter\./);
	expect(await told(find, { Description: 'Dentist' })).toBe('[]');
	const [found] = JSON.parse(await told(find, { Description: 'harbour' })) as Array<{ username: string }>;
	const username = found?.username ?? '';

	const misread = `${username.slice(0, -1)}${(Number(username.at(-1)) + 1) % 10}`;
	const near = await told(update, { Trunk: misread, Caller_ID: '0398765432', SMS_Sender: '0412345678' });
	const corrected = /Near matches: (CT\d+) \('Harbour Dental'\)/.exec(near)?.[1];
	expect(corrected).toBe(username);
	expect(await told(update, { Trunk: corrected, Caller_ID: '0398765432', SMS_Sender: '02 9123 4567' })).toMatch(
		/^SMS Sender .*614/,
	);
	expect(
		JSON.parse(await told(update, { Trunk: corrected, Caller_ID: '0398765432', SMS_Sender: '+61 412 345 678' })),
	).toMatchObject([{ username, caller_id_number: '61398765432', sms_sender: '61412345678', area_code: '02' }]);

	expect(await told(suspend, { Trunk: 'Harbour Dental' })).toMatch(
		/^Trunk 'Harbour Dental' is neither a trunk ID nor a username of this account\./,
	);
	expect(JSON.parse(await told(suspend, { Trunk: username }))).toMatchObject([{ username, enabled: false }]);

	expect(writes(sandbox)).toHaveLength(3);
	expect(sandbox.trunks()).toMatchObject([
		{ username: 'CT999999', enabled: true },
		{
			username,
			description: 'Harbour Dental',
			caller_id_number: '61398765432',
			sms_sender: '61412345678',
			area_code: '02',
			enabled: false,
		},
	]);
});

async function toolFor(operation: string, parameters: INodeParameters): Promise<AgentTool> {
	return (await theEngine()).toolOf(crazytelNode(operation, { operation, ...parameters }), credentialOf(sandbox));
}

/** What the model reads, of a failure too. */
async function told(tool: AgentTool, args: IDataObject): Promise<string> {
	try {
		return String(await tool.call(args));
	} catch (error) {
		return (error as Error).message;
	}
}

test('an agent that calls the tool is told of the trunk', async () => {
	const told = JSON.parse(String(await call('61291234567')));

	expect(told).toMatchObject([{ id: sandbox.trunks()[0]?.id, caller_id_number: '61291234567' }]);
	expect(sandbox.trunks()).toHaveLength(1);
});

test('the message of a failure holds what happened and what to do', async () => {
	await expect(call('ask Jim')).rejects.toThrow(
		/^Caller ID 'ask Jim' cannot be read as a phone number\. Use a number such as/,
	);
});

test('that holds of every failure: the model is told the message alone, once and as text', async () => {
	sandbox.addTrunk({ username: 'CT123456', description: 'R&D <b>Acme</b>' });
	const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.trunk }}' } };
	const told = await use(suspend, { trunk: 'CT123465' }).catch((error: Error & { description?: string }) => error);

	expect(told).toMatchObject({
		message:
			"Trunk 'CT123465' is neither a trunk ID nor a username of this account. Near matches: CT123456 ('R&D ‹b›Acme‹/b›'). Check the username. Nothing was written.",
	});
	expect((told as { description?: string }).description ?? '').toBe('');
});

test('of several wrong fields the model is told each cure, with its field', async () => {
	await expect(
		use(
			{ operation: 'create', callerIdNumber: '={{ $json.a }}', additionalFields: { areaCode: '={{ $json.b }}' } },
			{ a: 'Jim', b: '9' },
		),
	).rejects.toThrow(
		/^Area Code '9' is not an Australian area code\. Caller ID 'Jim' cannot be read as a phone number\. Area Code: Use 02, 03, 07 or 08\. Caller ID: Use a number such as 61291234567, .* Nothing was written\.$/,
	);
});

test('an agent whose tools n8n runs as nodes is told all in the message, too', async () => {
	const parameters = { operation: 'create', callerIdNumber: 'ask Jim' };
	const { error } = await play(sandbox, { items: [{}], parameters, node: { type: 'n8n-nodes-crazytel.crazytelTool' } });

	expect(error?.message).toMatch(
		/^Caller ID 'ask Jim' cannot be read as a phone number\. Use a number such as .* Nothing was written\.$/,
	);
	expect(error?.description ?? '').toBe('');
});

test('what a model gives for the trunk may be its username: it always comes By ID', async () => {
	const trunk = sandbox.addTrunk({ username: 'CT123456' });
	const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.trunk }}' } };

	expect(JSON.parse(String(await use(suspend, { trunk: 'ct123456' })))).toMatchObject([
		{ id: trunk.id, enabled: false },
	]);
});

test('Retry On Fail never creates a second trunk for one call', async () => {
	sandbox.set({ trunkListEndpoint: 404 });
	sandbox.fault({ on: 'create', play: 'error500After' });

	await expect(call('61291234567', { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 })).rejects.toThrow(
		/It is unknown whether the trunk exists/,
	);
	expect(countOf(sandbox, 'create')).toBe(1);
});

test("Get Many: the model's own words are the filter, and it is told of the trunks without their passwords", async () => {
	const trunk = sandbox.addTrunk({ description: 'Acme Sydney', password: 'Hidden1Pass' });
	sandbox.addTrunk({ description: 'Other' });
	const told = await use({ operation: 'getAll', filters: { description: '={{ $json.wanted }}' } }, { wanted: 'acme' });

	expect(JSON.parse(String(told))).toMatchObject([
		{ id: trunk.id, username: trunk.username, description: 'Acme Sydney' },
	]);
	expect(told).not.toContain('Hidden1Pass');
});

test('Get Many: that nothing was found is an answer, and that nothing was asked for is refused', async () => {
	sandbox.addTrunk({ description: 'Other' });
	const parameters = { operation: 'getAll', filters: { description: '={{ $json.wanted }}' } };

	expect(JSON.parse(String(await use(parameters, { wanted: 'acme' })))).toStrictEqual([]);
	await expect(use(parameters, {})).rejects.toThrow(/^Description is empty\. Fill it in, or remove the filter\./);
});

test('Create or Update: a model that calls the tool again and again makes one trunk', async () => {
	const parameters = {
		operation: 'upsert',
		trunkDescription: '={{ $json.customer }}',
		callerIdNumber: '={{ $json.number }}',
		additionalFields: { enabled: '={{ $json.enabled }}' },
		options: { onlyIfChanged: true },
	};
	const [first, second, third] = [
		await use(parameters, { customer: 'Acme', number: '02 9123 4567', enabled: 'true' }),
		await use(parameters, { customer: 'Acme', number: '02 9123 4567', enabled: 'true' }),
		await use(parameters, { customer: 'Acme', number: '02 9123 4567', enabled: 'false' }),
	].map((told) => JSON.parse(String(told))[0]);

	expect(sandbox.trunks()).toMatchObject([{ description: 'Acme', enabled: false }]);
	expect(first).toMatchObject({ changed: true, password: sandbox.trunks()[0]?.password });
	expect(second).toMatchObject({ id: first.id, changed: false, changes: {} });
	expect(third).toMatchObject({ id: first.id, changed: true, changes: { enabled: { from: true, to: false } } });
});

test('Create or Update: Retry On Fail never makes a second trunk for one call, and clears a lost reply up', async () => {
	const parameters = { operation: 'upsert', trunkDescription: 'Acme', callerIdNumber: '61291234567' };
	sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
	sandbox.fault({ on: 'list', nth: 2, times: 4, play: 'error500Before' });
	const told = await use(parameters, {}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });

	expect(countOf(sandbox, 'create')).toBe(1);
	expect(JSON.parse(String(told))).toMatchObject([{ recovered: true, password: sandbox.trunks()[0]?.password }]);
});

test('By User: the model is told of near matches', async () => {
	sandbox.addTrunk({ username: 'CT123456', description: 'Acme' });
	const parameters = { operation: 'suspend', trunk: { __rl: true, mode: 'username', value: '={{ $json.username }}' } };
	await expect(use(parameters, { username: 'CT123465' })).rejects.toThrow("Near matches: CT123456 ('Acme').");
});

test('two calls make two trunks', async () => {
	await call('61291234567');
	await call('61291234567');

	expect(sandbox.trunks()).toHaveLength(2);
});
