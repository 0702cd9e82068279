/* eslint-disable import-x/no-unresolved -- the rule knows no package with an exports map */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { INode, INodeParameters } from 'n8n-workflow';

import { itemsOf, type NewWorkflow } from '../rest';
import { crazytelNode, manualTrigger, node, type Scene } from './scene';
import { type ScriptedModel, startScriptedModel, type Turn } from './scriptedModel';

const TOOL = 'n8n-nodes-crazytel.crazytelTool';

/** What an agent sees of the node and can do with it: n8n serves it over MCP, as to any agent. */
export function describeAgentTool(scene: () => Scene): void {
	describe('as the tool of an agent', () => {
		let agent: Client;
		beforeAll(async () => {
			const { n8n } = scene();
			const trigger: INode = {
				...node('Agents', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path: 'crazytel' }),
				webhookId: 'crazytel',
			};
			const tool = {
				...crazytelNode(scene(), {
					operation: 'create',
					callerIdNumber: "={{ $fromAI('caller_id', 'The number that people see', 'string') }}",
					trunkDescription: "={{ $fromAI('customer', 'Whose trunk it is', 'string') }}",
				}),
				name: 'Create a trunk',
				type: TOOL,
			};
			const workflow = await n8n.rest.createWorkflow({
				name: 'Agent tool',
				nodes: [trigger, tool],
				connections: { [tool.name]: { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] } },
			});
			await n8n.rest.activate(workflow);
			agent = new Client({ name: 'agent', version: '1' });
			await agent.connect(new StreamableHTTPClientTransport(new URL(`${n8n.url}/mcp/crazytel`)));
		});
		afterAll(async () => await agent?.close());

		it('it says what it does, and asks for what the workflow leaves to the agent', async () => {
			const { tools } = await agent.listTools();
			expect(tools).toEqual([
				expect.objectContaining({
					name: 'Create_a_trunk',
					description: 'Create SIP trunk in Crazytel',
					inputSchema: expect.objectContaining({
						type: 'object',
						properties: {
							caller_id: { type: 'string', description: 'The number that people see' },
							customer: { type: 'string', description: 'Whose trunk it is' },
						},
						required: ['caller_id', 'customer'],
					}) as unknown,
				}),
			]);
		});

		it('it creates the trunk that the agent asks for, once, and tells of it', async () => {
			const { sandbox } = scene();
			const answer = await call('(02) 9123 4567', 'Harbour Dental');

			expect(sandbox.trunks()).toMatchObject([{ caller_id_number: '61291234567', description: 'Harbour Dental' }]);
			expect(answer).toContain(sandbox.trunks()[0]?.id);
		});

		it('it tells the agent what is wrong and what to do', async () => {
			const answer = await call('ask Jim', 'Geelong Removals');

			expect(answer).toContain(
				"Caller ID 'ask Jim' cannot be read as a phone number. Use a number such as 61291234567",
			);
			expect(scene().sandbox.trunks()).toEqual([]);
		});

		async function call(caller_id: string, customer: string): Promise<string> {
			const answer = await agent.callTool({ name: 'Create_a_trunk', arguments: { caller_id, customer } });
			return JSON.stringify(answer.content);
		}
	});
}

/** What somebody leaves to the model by the button beside a field; the expression is the button's. */
const byButton = (key: string) => `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, 'string') }}`;

/** n8n's own agent, with a model that gives wrong forms first and goes by what it is told. */
export function describeAgent(scene: () => Scene): void {
	describe.each<[number, INode['onError']]>([
		// n8n runs the tools, as nodes, and does not stop at one that fails unless it is told to.
		[3, undefined],
		[3, 'continueRegularOutput'],
		// The agent calls them, and tells the model nothing of one that throws: an empty answer.
		[2.2, 'continueRegularOutput'],
	])("n8n's own agent (version %p of its node, On Error of its tools %p)", (typeVersion, onError) => {
		const customer = `Harbour Dental ${typeVersion} ${onError}`;
		let model: ScriptedModel;
		afterEach(async () => await model?.close());

		it('creates, finds, updates and suspends one trunk, though the model begins with wrong forms', async () => {
			const { n8n, sandbox } = scene();
			sandbox.addTrunk({ username: 'CT999999', description: 'Another', enabled: true });
			model = await startScriptedModel((told) => nextTurn(customer, told));
			const openAi = await n8n.rest.createCredential({
				name: 'Scripted',
				type: 'openAiApi',
				data: { apiKey: 'none', url: model.url },
			});

			const trunk = { __rl: true, mode: 'username', value: byButton('Trunk') };
			const callerIdNumber = await byDropdown('getVerifiedNumbers', 'parameters.callerIdNumber');
			const tools = [
				tool('Create', 'upsert', {
					trunkDescription: byButton('Description'),
					callerIdNumber,
					additionalFields: { areaCode: byButton('Area_Code') },
				}),
				tool('Find', 'getAll', { filters: { description: byButton('Description') } }),
				tool('Update', 'update', {
					trunk,
					updateFields: { smsSender: await byDropdown('getSmsSenders', 'parameters.updateFields.smsSender') },
				}),
				tool('Suspend', 'suspend', { trunk }),
			];
			const agent = node('Agent', '@n8n/n8n-nodes-langchain.agent', typeVersion, {
				promptType: 'define',
				text: `${customer} has not paid`,
				options: { maxIterations: 20, enableStreaming: false },
			});
			const chat: INode = {
				...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
					model: { __rl: true, mode: 'id', value: 'scripted' },
				}),
				credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
			};
			const connections: NewWorkflow['connections'] = {
				[manualTrigger.name]: { main: [[{ node: agent.name, type: 'main', index: 0 }]] },
				[chat.name]: { ai_languageModel: [[{ node: agent.name, type: 'ai_languageModel', index: 0 }]] },
			};
			for (const { name } of tools)
				connections[name] = { ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]] };
			const workflow = await n8n.rest.createWorkflow({
				name: `Agent of ${customer}`,
				nodes: [manualTrigger, agent, chat, ...tools],
				connections,
			});
			const execution = await n8n.rest.runManually(workflow, manualTrigger.name);

			expect(execution.data.resultData.error).toBeUndefined();
			expect(itemsOf(execution, agent.name)).toMatchObject([{ output: 'Suspended' }]);
			expect(model.told).toEqual([
				expect.stringContaining("Caller ID 'ask Jim' cannot be read as a phone number"),
				expect.stringContaining("Caller ID '(02) 9999 9999' (read as 61299999999) is not verified for this account"),
				expect.stringContaining(`"description":"${customer}"`),
				expect.stringContaining('Description is empty'),
				expect.stringContaining(`"description":"${customer}"`),
				expect.stringContaining('is no username of this account'),
				expect.stringContaining('"sms_sender":"61412345678"'),
				expect.stringContaining('"enabled":false'),
			]);
			expect(sandbox.trunks()).toMatchObject([
				{ username: 'CT999999', enabled: true },
				{
					description: customer,
					caller_id_number: '61291234567',
					area_code: '02',
					sms_sender: '61412345678',
					enabled: false,
				},
			]);
			expect(model.offered.Create?.properties.Caller_ID?.description).toContain('61291234567');
		});

		function tool(name: string, operation: string, parameters: object): INode {
			return {
				...crazytelNode(scene(), { operation, ...(parameters as INodeParameters) }),
				id: name,
				name,
				type: TOOL,
				onError,
			};
		}

		/** What the dropdown of a tool puts there when Let the Model Choose is chosen. */
		async function byDropdown(method: string, path: string): Promise<string> {
			const choices = await scene().n8n.rest.loadOptions({ ...crazytelNode(scene(), {}), type: TOOL }, method, path);
			return String(choices.find(({ name }) => name === 'Let the Model Choose')?.value);
		}
	});
}

/** All that it knows is in the answers so far. */
function nextTurn(customer: string, told: string[]): Turn {
	const last = told.at(-1) ?? '';
	const username = /CT\d+/.exec(told.slice(2).join(' '))?.[0] ?? '';
	const create = (Caller_ID: string, Area_Code: string): Turn => ({
		tool: 'Create',
		args: { Description: customer, Caller_ID, Area_Code },
	});
	const turns: Turn[] = [
		create('ask Jim', 'Sydney'),
		create('(02) 9999 9999', '2'),
		create(/Use one of the verified numbers: (\d+)/.exec(last)?.[1] ?? '', '2'),
		{ tool: 'Find', args: { Description: '' } },
		{ tool: 'Find', args: { Description: 'harbour' } },
		{ tool: 'Update', args: { Trunk: customer, SMS_Sender: '0412 345 678' } },
		{ tool: 'Update', args: { Trunk: username, SMS_Sender: '0412 345 678' } },
		{ tool: 'Suspend', args: { Trunk: username } },
	];
	return turns[told.length] ?? { says: 'Suspended' };
}
