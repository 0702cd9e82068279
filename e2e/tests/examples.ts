/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode } from 'n8n-workflow';

import { exampleWorkflows } from '../editor/content';
import { itemsOf, type NewWorkflow, type SavedCredential } from '../rest';
import type { Scene } from './scene';

const HEADER = { name: 'x-crm-key', value: 'let-me-in' };

/** The workflows in examples/ as a user runs them: imported, credentials chosen, switched on. */
export function describeExamples(scene: () => Scene): void {
	describe('the example', () => {
		let headerAuth: SavedCredential;
		let crm: Crm;
		beforeAll(async () => {
			headerAuth = await scene().n8n.rest.createCredential({ name: 'CRM', type: 'httpHeaderAuth', data: HEADER });
			crm = await openCrm();
		});
		afterAll(() => crm?.server.close());

		/** The example whose Crazytel node does that, with every credential chosen. */
		function example(operation: string, change: (node: INode) => INode = (node) => node): NewWorkflow {
			const { id, name } = headerAuth;
			const found = exampleWorkflows(scene().credential).find(({ nodes }) =>
				nodes.some(({ parameters }) => parameters.operation === operation),
			);
			if (found === undefined) throw new Error(`No example does ${operation}.`);
			const takesHeader = ({ parameters }: INode) =>
				parameters.authentication === 'headerAuth' || parameters.genericAuthType === 'httpHeaderAuth';
			const nodes = found.nodes
				.map((node) => (takesHeader(node) ? { ...node, credentials: { httpHeaderAuth: { id, name } } } : node))
				.map(change);
			return { ...found, nodes };
		}

		async function call(path: string, body: object, headers: Record<string, string> = { [HEADER.name]: HEADER.value }) {
			const answer = await fetch(`${scene().n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			});
			const text = await answer.text();
			return { status: answer.status, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : text };
		}

		it('provision-on-deal-won creates a trunk, answers with its login, and keeps no run that holds the password', async () => {
			const { n8n, sandbox } = scene();
			const workflow = await n8n.rest.createWorkflow(example('create'));
			await n8n.rest.activate(workflow);

			expect((await call('crazytel-deal-won', {}, {})).status).toBe(403);
			const won = await call('crazytel-deal-won', { customer: 'Harbour Dental', phone: '+61 2 9123 4567', areaCode: '2' });
			const [trunk] = sandbox.trunks();
			expect(won).toEqual({
				status: 200,
				body: { trunkId: trunk?.id, username: trunk?.username, password: trunk?.password },
			});
			expect(trunk).toMatchObject({ description: 'Harbour Dental', area_code: '02', sms_sender: null });

			const refused = await call('crazytel-deal-won', { customer: 'Geelong Removals', phone: '03 5550 9900' });
			expect(refused).toEqual({
				status: 422,
				body: { error: expect.stringContaining("Caller ID '61355509900' is not verified") as unknown },
			});
			expect(sandbox.trunks()).toHaveLength(1);
			for (const id of await n8n.rest.executionsOf(workflow.id)) {
				expect((await n8n.rest.finished(id)).text).not.toContain(trunk?.password);
			}
		});

		it('enable-on-payment enables the trunk that was paid for', async () => {
			const { n8n, sandbox } = scene();
			const trunk = sandbox.addTrunk({ enabled: false });
			await n8n.rest.activate(await n8n.rest.createWorkflow(example('enable')));

			expect(await call('crazytel-payment-received', { trunkId: trunk.id })).toEqual({
				status: 200,
				body: { username: trunk.username, enabled: true },
			});
			expect(sandbox.trunks()).toMatchObject([{ id: trunk.id, enabled: true }]);
			expect(await call('crazytel-payment-received', { trunkId: trunk.username })).toMatchObject({ status: 422 });
		});

		it('suspend-overdue, run by hand from its schedule, suspends those on the list and sets the others aside', async () => {
			const { n8n, sandbox } = scene();
			const trunk = sandbox.addTrunk({ description: 'Harbour Dental' });
			const paid = sandbox.addTrunk();
			crm.overdue = [
				{ customer: 'Harbour Dental', trunkId: trunk.id },
				{ customer: 'Café Lune', trunkId: null },
			];
			const workflow = await n8n.rest.createWorkflow(example('suspend', listAt(crm.url)));
			const execution = await n8n.rest.runManually(workflow, 'Every night at 02:00');

			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Done')).toMatchObject([{ id: trunk.id, enabled: false }]);
			expect(itemsOf(execution, 'To check')).toMatchObject([
				{ customer: 'Café Lune', error: expect.stringContaining('Trunk is empty') as unknown },
			]);
			expect(sandbox.trunks().map(({ id, enabled }) => [id, enabled])).toEqual([
				[trunk.id, false],
				[paid.id, true],
			]);
			expect(crm.keys).toContain(HEADER.value);
		});

		it('suspend-overdue, switched on with a schedule of every second, starts by itself', async () => {
			const { n8n, sandbox } = scene();
			const trunk = sandbox.addTrunk();
			crm.overdue = [{ customer: 'Harbour Dental', trunkId: trunk.id }];
			const workflow = await n8n.rest.createWorkflow(
				example('suspend', (node) => everySecond(listAt(crm.url)(node))),
			);
			await n8n.rest.activate(workflow);
			await until(() => sandbox.trunks()[0]?.enabled === false);
			await n8n.rest.deactivate(workflow);

			const [newest = ''] = await n8n.rest.executionsOf(workflow.id);
			expect(await n8n.rest.finished(newest)).toMatchObject({ mode: 'trigger', status: 'success' });
		});
	});
}

const listAt = (url: string) => (node: INode) =>
	node.name === 'Get overdue customers' ? { ...node, parameters: { ...node.parameters, url } } : node;

const everySecond = (node: INode): INode =>
	node.name === 'Every night at 02:00'
		? { ...node, parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } } }
		: node;

/** A CRM with a list of overdue customers. */
interface Crm {
	url: string;
	server: Server;
	overdue: object[];
	/** The keys that it was asked with. */
	keys: unknown[];
}

async function openCrm(): Promise<Crm> {
	const crm = { overdue: [] as object[], keys: [] as unknown[] };
	const server = createServer((request, response) => {
		crm.keys.push(request.headers[HEADER.name]);
		response.setHeader('content-type', 'application/json').end(JSON.stringify(crm.overdue));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	return Object.assign(crm, { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/overdue` });
}

/** Waits until it is so; the limit is for a broken test alone. */
async function until(isSo: () => boolean): Promise<void> {
	const limit = Date.now() + 60_000;
	while (!isSo()) {
		if (Date.now() > limit) throw new Error('It has not come about within a minute.');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
