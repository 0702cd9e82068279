/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode } from 'n8n-workflow';

import { check } from '../../live/check';
import type { Report } from '../../live/report';
import { get } from '../../live/transport';
import { defaultSwitches, startSandbox, type Switches } from '../../sandbox';
import { callRecordsToShow, lastMonth } from '../../sandbox/callRecordsToShow';
import { exampleTable, exampleWorkflow } from '../editor/content';
import { itemsOf, type NewWorkflow, type SavedCredential, type SavedDataTable, type SavedWorkflow } from '../rest';
import { startManually } from '../rest/workflows';
import { node, type Scene } from './scene';
import { linesAbout } from './stoppedRuns';

/** n8n polls once a minute at most, at a second of its own choice. */
const POLLED_MS = 100_000;

const HEADER = { name: 'x-crm-key', value: 'let-me-in' };

/** The workflows in examples/ as a user runs them: imported, credentials chosen, switched on. */
export function describeExamples(scene: () => Scene): void {
	describe('the example', () => {
		let headerAuth: SavedCredential;
		let table: SavedDataTable;
		let crm: Crm;
		beforeAll(async () => {
			headerAuth = await scene().n8n.rest.createCredential({ name: 'CRM', type: 'httpHeaderAuth', data: HEADER });
			table = await scene().n8n.rest.dataTable(exampleTable);
			crm = await openCrm();
		});
		afterAll(() => crm?.server.close());

		let active: SavedWorkflow | undefined;
		async function switchOn(workflow: NewWorkflow): Promise<SavedWorkflow> {
			active = await scene().n8n.rest.createWorkflow(workflow);
			await scene().n8n.rest.activate(active);
			return active;
		}
		/** So that the next test can have the same webhook. */
		afterEach(async () => {
			if (active !== undefined) await scene().n8n.rest.deactivate(active);
			active = undefined;
		});

		/** The same to be run by hand: its pinned data, which n8n would take then, is unpinned. */
		const unpinned = (...asked: Parameters<typeof example>): NewWorkflow => ({ ...example(...asked), pinData: {} });

		/** The example with every credential chosen. What is called or starts by itself must not mind its pinned data. */
		function example(file: string, change: (node: INode) => INode = (node) => node): NewWorkflow {
			const { id, name } = headerAuth;
			const workflow = exampleWorkflow(file, scene().credential, table, scene().sandbox.url);
			const takesHeader = ({ parameters }: INode) =>
				parameters.authentication === 'headerAuth' || parameters.genericAuthType === 'httpHeaderAuth';
			const nodes = workflow.nodes
				.map((node) => (takesHeader(node) ? { ...node, credentials: { httpHeaderAuth: { id, name } } } : node))
				.map(change);
			return { ...workflow, nodes };
		}

		async function call(path: string, body: object, headers: Record<string, string> = { [HEADER.name]: HEADER.value }) {
			const answer = await fetch(`${scene().n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			});
			const text = await answer.text();
			return {
				status: answer.status,
				body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : text,
			};
		}

		it('provision-on-deal-won answers at once, makes one trunk however often it is called, tells the CRM its login, and n8n keeps nothing', async () => {
			const { n8n, sandbox } = scene();
			crm.messages = [];
			const workflow = await switchOn(example('provision-on-deal-won.json', listAt(crm.url)));
			const deal = { dealId: 4711, phone: '+61 2 9123 4567', areaCode: '2' };

			expect((await call('crazytel-deal-won', deal, {})).status).toBe(403);
			sandbox.fault({ on: 'create', nth: 1, play: { slowMs: 2000 } });
			const won = await Promise.all([call('crazytel-deal-won', deal), call('crazytel-deal-won', deal)]);
			expect(won).toEqual([1, 2].map(() => ({ status: 202, body: { accepted: 4711 } })));
			expect(crm.messages).toEqual([]);
			await until(async () => crm.messages.length === 2);
			await call('crazytel-deal-won', deal);
			await until(async () => crm.messages.length === 3);

			const [trunk, ...others] = sandbox.trunks();
			expect(others).toEqual([]);
			expect(trunk).toMatchObject({ description: 'Deal 4711', area_code: '02', sms_sender: null });
			expect(sandbox.requests.filter(({ kind }) => kind === 'create')).toHaveLength(1);
			const login = { dealId: 4711, trunkId: trunk?.id, username: trunk?.username };
			const told = crm.messages.map((message) => JSON.parse(message) as unknown);
			expect(told.filter((one) => (one as { password?: string }).password !== undefined)).toEqual([
				{ ...login, password: trunk?.password },
			]);
			// Not even null: a CRM could take that for its new value.
			expect(told[2]).toStrictEqual(login);
			await until(async () => (await n8n.rest.executionsOf(workflow.id)).length === 0);
		});

		it('provision-on-deal-won tells the CRM why there is no trunk, and takes no call without a deal', async () => {
			crm.messages = [];
			await switchOn(example('provision-on-deal-won.json', listAt(crm.url)));

			const phone = '03 5550 9900';
			expect(await call('crazytel-deal-won', { phone })).toEqual({
				status: 400,
				body: { error: expect.stringContaining('The body needs dealId') as unknown },
			});
			expect((await call('crazytel-deal-won', { dealId: 4712, phone })).status).toBe(202);
			await until(async () => crm.messages.length === 1);
			expect(JSON.parse(String(crm.messages[0]))).toStrictEqual({
				dealId: 4712,
				error: expect.stringContaining("Caller ID '03 5550 9900' (read as 61355509900) is not verified") as unknown,
			});
			expect(scene().sandbox.trunks()).toEqual([]);
		});

		/** Sends the form whose link stands in a message. */
		async function answer(text: string, choice: string): Promise<void> {
			const form = new FormData();
			form.set('field-0', choice);
			const [url = '', id = ''] = /http:\S+\/form-waiting\/(\d+)\S*/.exec(text) ?? [];
			// While the execution still runs, n8n takes a form and never answers.
			await until(
				async () =>
					(await scene().n8n.rest.session.send<{ status: string }>('GET', `/rest/executions/${id}`)).status ===
					'waiting',
			);
			await until(async () => (await fetch(url, { method: 'POST', body: form })).ok);
		}

		const impatient = (node: INode): INode =>
			node.name === 'Let the other call end'
				? { ...node, parameters: { amount: 10, unit: 'seconds' } }
				: listAt(crm.url)(node);
		const told = () => crm.messages.map((message) => JSON.parse(message) as Record<string, unknown>);

		it('new-customer, called twice at one moment and once more, makes one trunk, buys one number and sends one login, and n8n keeps nothing', async () => {
			const { n8n, sandbox } = scene();
			crm.messages = [];
			const workflow = await switchOn(example('new-customer.json', impatient));
			// A deal of its own: n8n remembers for a while what it has made in the account.
			const deal = { dealId: 4800, mobile: '0412 345 678', state: 'VIC' };

			expect((await call('crazytel-new-customer', deal, {})).status).toBe(403);
			expect((await call('crazytel-new-customer', { ...deal, mobile: '02 9123 4567' })).status).toBe(400);
			const before = sandbox.balance();
			const won = await Promise.all([call('crazytel-new-customer', deal), call('crazytel-new-customer', deal)]);
			expect(won).toEqual([1, 2].map(() => ({ status: 202, body: { accepted: 4800 } })));
			await until(async () => crm.messages.length === 2);
			await call('crazytel-new-customer', deal);
			await until(async () => crm.messages.length === 3);

			const [[trunk, ...trunks], [number, ...numbers]] = [sandbox.trunks(), sandbox.numbers.owned()];
			expect([trunks, numbers]).toEqual([[], []]);
			expect(trunk).toMatchObject({
				description: 'Customer of deal 4800',
				caller_id_number: number?.did_number,
				enabled: true,
			});
			expect(number).toMatchObject({
				description: 'Customer of deal 4800',
				primary_route: 'device',
				primary_destination: trunk?.username,
			});
			expect(sandbox.messages()).toMatchObject([
				{
					to: '61412345678',
					text: expect.stringContaining(`user ${trunk?.username}, password ${trunk?.password}`) as unknown,
				},
			]);
			// A number of Victoria, and a message of one part.
			expect(before - sandbox.balance()).toBeCloseTo(8.05);
			const result = { dealId: 4800, number: number?.did_number, username: trunk?.username };
			const earlier = { ...result, login: 'sent or tried by an earlier call' };
			expect(told()).toStrictEqual([{ ...result, login: 'sent' }, earlier, earlier]);
			await until(async () => (await n8n.rest.executionsOf(workflow.id)).length === 0);
		});

		it('new-customer tells the CRM that the credit is too low, buys nothing, and goes on when it calls again', async () => {
			const { sandbox } = scene();
			crm.messages = [];
			await switchOn(example('new-customer.json', impatient));
			const deal = { dealId: 'a-1', mobile: '+61 412 345 678' };
			sandbox.set({ balance: 3 });
			await call('crazytel-new-customer', deal);
			await until(async () => crm.messages.length === 1);
			expect(told()).toStrictEqual([{ dealId: 'a-1', error: expect.stringContaining('too little credit') as unknown }]);
			expect([sandbox.numbers.purchases(), sandbox.messages()]).toEqual([[], []]);

			sandbox.set({ balance: 100 });
			await call('crazytel-new-customer', deal);
			await until(async () => crm.messages.length === 2);
			const [trunk] = sandbox.trunks();
			expect(told()[1]).toStrictEqual({
				dealId: 'a-1',
				number: trunk?.caller_id_number,
				username: trunk?.username,
				login: 'sent',
			});
			expect(sandbox.messages()).toMatchObject([
				{ text: expect.stringContaining(`password ${trunk?.password}`) as unknown },
			]);
			expect([sandbox.trunks().length, sandbox.numbers.purchases().length]).toEqual([1, 1]);
		});

		it('monthly-usage makes a file that has a row for each trunk, one for all others, and the total', async () => {
			const { n8n, sandbox } = scene();
			const trunks = [
				sandbox.addTrunk({ username: '640218', description: '=1+1' }),
				sandbox.addTrunk({ description: 'Sales' }),
			];
			const at = lastMonth(Date.now())(15, 0);
			const of = (extension: string, duration: number) => ({
				at,
				type: 'voice' as const,
				extension,
				columns: { duration, total_cost: 0.1 },
			});
			sandbox.addCallRecords([of('640218', 90), of('640218', 60), of('CT000000', 30)]);
			const read = node('Read the file', 'n8n-nodes-base.extractFromFile', 1, { operation: 'xlsx', options: {} });
			const { nodes, connections, ...rest } = example('monthly-usage.json');
			const workflow = await n8n.rest.createWorkflow({
				...rest,
				nodes: [...nodes, read],
				connections: { ...connections, 'Table for Excel': { main: [[{ node: read.name, type: 'main', index: 0 }]] } },
			});
			const execution = await n8n.rest.runManually(workflow, 'On the first at 06:00');

			const name = new Date(at).toISOString().slice(0, 7);
			expect(
				execution.data.resultData.runData['Table for Excel']?.[0]?.data?.main?.[0]?.[0]?.binary?.data,
			).toMatchObject({ fileName: `calls ${name}.xlsx` });
			// Excel keeps the empty cells out. A description is text, and no formula.
			expect(itemsOf(execution, read.name)).toMatchObject([
				{ month: name, username: '640218', description: '=1+1', calls: 2, minutes: 2.5, cost: 0.2 },
				{ username: trunks[1]?.username, description: 'Sales', calls: 0, minutes: 0, cost: 0 },
				{ description: 'All other calls', calls: 1, minutes: 0.5, cost: 0.1 },
				{ description: 'All calls', calls: 3, minutes: 3, cost: 0.3 },
			]);
			expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
		});

		it('verified-numbers fills the table, and has one row for each number however often it runs', async () => {
			const { n8n, sandbox } = scene();
			const workflow = await n8n.rest.createWorkflow(example('verified-numbers.json'));
			await n8n.rest.runManually(workflow, 'Every Monday at 07:00');
			sandbox.numbers.add({ did_number: '61499990000' });
			const second = await n8n.rest.runManually(workflow, 'Every Monday at 07:00');

			expect([second.status, itemsOf(second, 'To check')]).toEqual(['success', []]);
			const rows = (await n8n.rest.rowsOf(table)).map(({ number, can_send_sms: can }) => [number, can]);
			expect(rows).toEqual(sandbox.verifiedNumbers().map((number) => [number, number.startsWith('614')]));
			expect(rows).toHaveLength(7);
		});

		describe('check-my-account', () => {
			const START = 'When you press Execute';
			/** Every value of an answer that could be of the account: what has a digit, or is a description. */
			const valuesIn = (value: unknown): string[] =>
				typeof value === 'object' && value !== null
					? Object.values(value).flatMap(valuesIn)
					: /\d.{4}|[A-Z].{6}/.test(String(value))
						? [String(value)]
						: [];
			const quick = (node: INode): INode =>
				node.name === 'Ask Crazytel'
					? (JSON.parse(JSON.stringify(node).replace('"batchInterval":1500', '"batchInterval":50')) as INode)
					: node;
			/** So that this test can read what n8n would not keep. */
			const kept = (): NewWorkflow => ({
				...example('check-my-account.json', quick),
				settings: { executionOrder: 'v1' },
			});

			const settings: Array<[string, Partial<Switches>]> = [
				['plays what is documented', {}],
				[
					'wraps what it answers',
					{
						trunkListShape: 'wrapped',
						trunkListKey: 'results',
						verifiedShape: 'wrapped-objects',
						verifiedKey: 'cli',
						balanceShape: 'texts',
						errorShape: 'message',
						echoPassword: true,
					},
				],
				[
					'has no list of trunks, and takes 200 call records at most',
					{
						trunkListEndpoint: 404,
						smsEndpoint: 405,
						validationErrors: 'plain',
						callRecords: { ...defaultSwitches.callRecords, largestLimit: 200, wrapper: 'items', timeForm: 'space' },
					},
				],
			];
			it.each(settings)(
				'of a service that %s it gives the report of the live check, and nothing of the account',
				async (_what, switches) => {
					const { n8n, sandbox } = scene();
					sandbox.set(switches);
					for (const description of ['Harbour Dental', 'Café Lune']) sandbox.addTrunk({ description });
					sandbox.addCallRecords(callRecordsToShow());
					const { report, answers } = await check({
						baseUrl: sandbox.url,
						apiKey: sandbox.apiKey,
						all: false,
						get,
						now: Date.now,
						pause: async () => await Promise.resolve(),
					});
					const before = sandbox.requests.length;
					const execution = await n8n.rest.runManually(await n8n.rest.createWorkflow(kept()), START);

					const [share] = itemsOf(execution, 'To share') as unknown as Report[];
					// Only how long an answer took is not known.
					const timeless = (text: string) => text.replace(/within \d+(\.\d+)? s/, 'within');
					expect(timeless(JSON.stringify(share?.verdicts))).toBe(timeless(JSON.stringify(report.verdicts)));
					expect([share?.asked, share?.host, share?.ended]).toEqual([report.asked, report.host, undefined]);
					expect(share?.answers.map(({ id, status, shape }) => ({ id, status, shape }))).toEqual(
						report.answers.map(({ id, status, shape }) => ({ id, status, shape })),
					);
					expect(itemsOf(execution, 'Verdicts').length).toBe(report.verdicts.length + 1);

					const told = JSON.stringify([itemsOf(execution, 'Report'), itemsOf(execution, 'Verdicts'), share]);
					const values = [
						sandbox.apiKey,
						...Object.values(answers).flatMap((seen) => (seen?.status === 200 ? valuesIn(seen.body) : [])),
					];
					expect(values).toEqual(expect.arrayContaining([String(sandbox.balance()), ...sandbox.verifiedNumbers()]));
					expect(values.filter((value) => told.includes(value))).toEqual([]);
					expect(execution.text).not.toContain(sandbox.apiKey);
					expect(sandbox.requests.slice(before).map(({ method }) => method)).toEqual(Array(16).fill('GET'));
				},
			);

			it('ends where nobody is, and says so', async () => {
				const { n8n } = scene();
				const workflow = JSON.parse(
					JSON.stringify(kept()).replaceAll(scene().sandbox.url, 'http://127.0.0.1:9'),
				) as NewWorkflow;
				const execution = await n8n.rest.runManually(await n8n.rest.createWorkflow(workflow), START);
				expect(itemsOf(execution, 'Verdicts')[0]).toEqual({
					verdict: 'ended early',
					question: 'No answer: nobody listens there. Check the address.',
					found: '',
				});
				expect(itemsOf(execution, 'To share')).toMatchObject([{ asked: 1 }]);
			});

			it('follows no redirect, and takes the key nowhere', async () => {
				const { n8n, sandbox } = scene();
				const other = await startSandbox();
				try {
					sandbox.fault({ on: 'balance', play: { redirectTo: `${other.url}/api/v1/balance/` } });
					const execution = await n8n.rest.runManually(await n8n.rest.createWorkflow(kept()), START);
					expect(itemsOf(execution, 'Verdicts')[0]).toMatchObject({
						verdict: 'ended early',
						question: expect.stringContaining('This host redirects') as unknown,
					});
					expect(other.requests).toEqual([]);
				} finally {
					await other.close();
				}
			});

			it('as it stands leaves nothing in n8n', async () => {
				const { n8n, sandbox } = scene();
				const before = sandbox.requests.length;
				const workflow = await n8n.rest.createWorkflow(example('check-my-account.json', quick));
				await startManually(n8n.rest.session, workflow, START);
				await until(async () => sandbox.requests.length === before + 16);
				await until(async () => (await n8n.rest.executionsOf(workflow.id)).length === 0);
			});
		});

		it('enable-on-payment enables the trunk that was paid for', async () => {
			const { sandbox } = scene();
			const trunk = sandbox.addTrunk({ enabled: false });
			await switchOn(example('enable-on-payment.json'));

			expect(await call('crazytel-payment-received', { trunkId: trunk.id })).toEqual({
				status: 200,
				body: { username: trunk.username, enabled: true },
			});
			expect(sandbox.trunks()).toMatchObject([{ id: trunk.id, enabled: true }]);
		});

		it('enable-on-payment answers with the reason why nothing was enabled', async () => {
			await switchOn(example('enable-on-payment.json'));

			expect(await call('crazytel-payment-received', { trunkId: 'CT104233' })).toEqual({
				status: 422,
				body: {
					error: expect.stringContaining(
						"Trunk 'CT104233' is neither a trunk ID nor a username of this account.",
					) as unknown,
				},
			});
		});

		it('suspend-overdue, run by hand from its schedule, suspends those on the list and no others', async () => {
			const { n8n, sandbox } = scene();
			const trunk = sandbox.addTrunk({ description: 'Harbour Dental' });
			const paid = sandbox.addTrunk();
			crm.overdue = [{ customer: 'Harbour Dental', trunkId: trunk.id }];
			const workflow = await n8n.rest.createWorkflow(unpinned('suspend-overdue.json', listAt(crm.url)));
			const execution = await n8n.rest.runManually(workflow, 'Every night at 02:00');

			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Done')).toMatchObject([{ id: trunk.id, enabled: false }]);
			expect(sandbox.trunks().map(({ id, enabled }) => [id, enabled])).toEqual([
				[trunk.id, false],
				[paid.id, true],
			]);
			expect(crm.keys).toContain(HEADER.value);
		});

		it('suspend-overdue sets aside what a person has to check, and suspends the others', async () => {
			const { n8n, sandbox } = scene();
			const trunk = sandbox.addTrunk();
			crm.overdue = [
				{ customer: 'Café Lune', trunkId: null },
				{ customer: 'Harbour Dental', trunkId: trunk.id },
			];
			const workflow = await n8n.rest.createWorkflow(unpinned('suspend-overdue.json', listAt(crm.url)));
			const execution = await n8n.rest.runManually(workflow, 'Every night at 02:00');

			expect(itemsOf(execution, 'To check')).toMatchObject([
				{ customer: 'Café Lune', error: expect.stringContaining('Trunk is empty') as unknown },
			]);
			expect(itemsOf(execution, 'Done')).toMatchObject([{ id: trunk.id, enabled: false }]);
		});

		it('suspend-overdue, switched on with a schedule of every second, starts by itself', async () => {
			const { n8n, sandbox } = scene();
			const trunk = sandbox.addTrunk();
			crm.overdue = [{ customer: 'Harbour Dental', trunkId: trunk.id }];
			const workflow = await switchOn(example('suspend-overdue.json', (node) => everySecond(listAt(crm.url)(node))));
			await until(async () => sandbox.trunks()[0]?.enabled === false);

			const [newest = ''] = await n8n.rest.executionsOf(workflow.id);
			expect(await n8n.rest.finished(newest)).toMatchObject({ mode: 'trigger', status: 'success' });
		});

		it('sync-customers creates who is missing, changes what differs, and the next night nothing', async () => {
			const { n8n, sandbox } = scene();
			const trunk = sandbox.addTrunk({ description: 'Harbour Dental', caller_id_number: '61398765432' });
			crm.overdue = [
				{ customer: 'Harbour Dental', phone: '+61 2 9123 4567', areaCode: '02', smsSender: '' },
				{ customer: 'Café Lune', phone: '0412 345 678' },
				{ customer: 'Geelong Removals', phone: 'ask Jim' },
			];
			const workflow = await n8n.rest.createWorkflow(unpinned('sync-customers.json', listAt(crm.url)));
			const first = await n8n.rest.runManually(workflow, 'Every night at 03:00');
			const second = await n8n.rest.runManually(workflow, 'Every night at 03:00');

			const [, created] = sandbox.trunks();
			expect(sandbox.trunks()).toMatchObject([
				{ id: trunk.id, caller_id_number: '61291234567', area_code: '02', sms_sender: null },
				{ description: 'Café Lune', caller_id_number: '61412345678' },
			]);
			expect(itemsOf(first, 'Summary')).toEqual([
				{
					text: [
						'2 of 2 trunks were changed.',
						`${trunk.username} (Harbour Dental): area_code nothing → 02, caller_id_number 61398765432 → 61291234567`,
						`${created?.username} (Café Lune): caller_id_number nothing → 61412345678, description nothing → Café Lune`,
					].join('\n'),
				},
			]);
			expect(itemsOf(first, 'To check')).toMatchObject([{ customer: 'Geelong Removals' }]);
			expect(itemsOf(second, 'Summary')).toEqual([{ text: '0 of 2 trunks were changed.\n' }]);
			expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toHaveLength(2);
		});

		it('provision-in-batches, stopped in its second batch, has told the CRM the logins of the first; run again it does the rest', async () => {
			const { n8n, sandbox } = scene();
			crm.overdue = Array.from({ length: 65 }, (_, row) => ({
				customer: `Customer ${row}`,
				phone: row < 40 || row > 59 ? '02 9123 4567' : 'ask Jim',
			}));
			crm.messages = [];
			sandbox.set({ latencyMs: 50 });
			sandbox.fault({ on: 'create', nth: 30, play: { slowMs: 2000 } });
			const workflow = await n8n.rest.createWorkflow(unpinned('provision-in-batches.json', listAt(crm.url)));
			const id = await startManually(n8n.rest.session, workflow, 'Every night at 01:00');
			await until(async () => sandbox.requests.filter(({ kind }) => kind === 'create').length === 30);
			await n8n.rest.stop(id);
			const lines = await linesAbout(scene(), id);

			const made = sandbox.trunks();
			const logins = () => crm.messages.map((message) => JSON.parse(message) as unknown);
			const loginsOf = (trunks: typeof made) =>
				trunks.map((trunk) => ({
					customer: trunk.description,
					trunkId: trunk.id,
					username: trunk.username,
					password: trunk.password,
				}));
			expect(made).toHaveLength(30);
			expect(logins()).toEqual(loginsOf(made.slice(0, 20)));
			expect(lines.slice(1).join()).toContain(
				made
					.slice(20)
					.map((trunk, item) => `item ${item}: ${trunk.username} ${trunk.id}, created`)
					.join('; '),
			);
			expect(lines[0]).toContain(': 10 of 20 items written, 10 not sent.');

			crm.messages = [];
			const again = await n8n.rest.runManually(workflow, 'Every night at 01:00');
			// The third batch has failed as a whole, and ended nothing.
			expect([again.status, sandbox.trunks().length]).toEqual(['success', 45]);
			expect(logins()).toEqual(loginsOf(sandbox.trunks().slice(30)));
			expect(itemsOf(again, 'All done')).toHaveLength(65);
		});

		it.each([
			['Suspend them', false],
			['Do nothing', true],
		])(
			'suspend-overdue-with-approval writes nothing before a person has answered; then, after %j, enabled is %j',
			async (choice, enabled) => {
				const { n8n, sandbox } = scene();
				const overdue = sandbox.addTrunk({ description: 'Harbour Dental' });
				sandbox.addTrunk({ username: 'CT555555', enabled: false });
				crm.overdue = [{ username: overdue.username }, { username: 'CT555555' }, { username: 'nobody' }];
				crm.messages = [];
				const workflow = await n8n.rest.createWorkflow(unpinned('suspend-overdue-with-approval.json', listAt(crm.url)));
				const id = await startManually(n8n.rest.session, workflow, 'Every morning at 08:00');
				await until(async () => crm.messages.length > 0);

				const { text } = JSON.parse(String(crm.messages[0])) as { text: string };
				expect(text).toContain(`${overdue.username} Harbour Dental`);
				expect(text).not.toContain('CT555555');
				expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);

				await answer(text, choice);
				const execution = await n8n.rest.finished(id);
				expect(execution.status).toBe('success');
				expect(sandbox.trunks().map((trunk) => trunk.enabled)).toEqual([enabled, false]);
				expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toHaveLength(enabled ? 0 : 1);
			},
		);

		/** What was posted to the chat, in its order. */
		const texts = () => crm.messages.map((message) => (JSON.parse(message) as { text: string }).text);

		it('low-balance-alarm, switched on, tells the owner at once of a balance that is low already, and only reads', async () => {
			const { n8n, sandbox } = scene();
			crm.messages = [];
			sandbox.set({ balance: 3.5 });
			const workflow = await switchOn(example('low-balance-alarm.json', (node) => everyMinute(listAt(crm.url)(node))));
			await until(async () => crm.messages.length > 0);

			const [newest = ''] = await n8n.rest.executionsOf(workflow.id);
			expect(await n8n.rest.finished(newest)).toMatchObject({ mode: 'trigger', status: 'success' });
			expect(texts()).toEqual([
				expect.stringMatching(
					/^The balance of the Crazytel account \d+ is 3\.50 dollars, below the 10 that you want to be told of\. /,
				),
			]);
			expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
		});

		it('low-balance-alarm, run by hand, says that it is a test', async () => {
			const { n8n, sandbox } = scene();
			crm.messages = [];
			sandbox.set({ balance: 25 });
			const workflow = await n8n.rest.createWorkflow(unpinned('low-balance-alarm.json', listAt(crm.url)));
			const execution = await n8n.rest.runManually(workflow, 'Crazytel Trigger');
			expect([execution.status, texts()]).toEqual([
				'success',
				[expect.stringMatching(/^Test: .* is 25\.00 dollars, not below the 10 that you want to be told of\.$/)],
			]);
		});

		it('stop-toll-fraud asks of a trunk and names the extension that is none; a second alarm asks again, and of two approvals one suspends', async () => {
			const { n8n, sandbox } = scene();
			crm.messages = [];
			const trunk = sandbox.addTrunk({ description: 'Melbourne sales' });
			const other = sandbox.addTrunk();
			const filed = (extension: string, cost: number, minutesAgo = 0) => ({
				at: Date.now() - minutesAgo * 60_000,
				type: 'voice' as const,
				extension,
				columns: { extension, total_cost: cost, destination_name: 'Latvia - Premium Rate' },
			});
			sandbox.addCallRecords([filed(other.username, 0.1, 5)]);
			const workflow = await switchOn(example('stop-toll-fraud.json', listAt(crm.url)));
			// At once, so that one poll sees both.
			sandbox.addCallRecords([filed(trunk.username, 25), filed('2001', 21)]);
			await until(async () => crm.messages.length === 1, POLLED_MS);
			expect(texts()[0]).toContain(`${trunk.username} (Melbourne sales) has spent 25.00 dollars; the limit is 20.`);
			expect(texts()[0]).toMatch(
				/2001 has spent 21\.00 dollars; .* It cannot be suspended from here\. .*'2001'.* Stop it in the Crazytel portal\./,
			);

			sandbox.addCallRecords([filed(trunk.username, 20)]);
			await until(async () => crm.messages.length === 2, POLLED_MS);
			expect(texts()[1]).toContain(`${trunk.username} (Melbourne sales) has spent 45.00 dollars`);
			expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);

			await answer(texts()[1] ?? '', 'Suspend them');
			await until(async () => crm.messages.length === 3);
			expect(sandbox.trunks().map(({ enabled }) => enabled)).toEqual([false, true]);
			await answer(texts()[0] ?? '', 'Suspend them');
			await until(async () => crm.messages.length === 4);
			expect(texts().slice(2)).toEqual([`${trunk.username} is suspended.`, `${trunk.username} was suspended already.`]);
			expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
			const executions = await Promise.all(
				(await n8n.rest.executionsOf(workflow.id)).map(async (id) => await n8n.rest.finished(id)),
			);
			expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		});

		it('stop-toll-fraud says of an extension that is no trunk that it cannot be suspended, asks nothing, and of a "Do nothing" suspends nothing', async () => {
			const { n8n, sandbox } = scene();
			crm.messages = [];
			const trunk = sandbox.addTrunk();
			const item = {
				limit: 20,
				times: 1,
				from: '2026-11-28T14:00:00',
				to: '2026-11-28T15:00:00',
				calls: 1,
				withoutCost: 0,
				topDestinations: [],
			};
			const alarms = (...items: object[]) => ({
				...unpinned('stop-toll-fraud.json', listAt(crm.url)),
				pinData: { 'Crazytel Trigger': items.map((json) => ({ json: { ...item, ...json } })) },
			});
			const none = await n8n.rest.runManually(
				await n8n.rest.createWorkflow(alarms({ extension: '2001', spent: 21 })),
				'Crazytel Trigger',
			);
			expect([none.status, itemsOf(none, 'Wait for the answer')]).toEqual(['success', []]);
			expect(texts()).toEqual([
				expect.stringMatching(
					/^2001 has spent 21\.00 dollars; .* It cannot be suspended from here\. .* Stop it in the Crazytel portal\.$/,
				),
			]);

			const id = await startManually(
				n8n.rest.session,
				await n8n.rest.createWorkflow(
					alarms({ extension: trunk.username, trunkId: trunk.id, username: trunk.username, spent: 22 }),
				),
				'Crazytel Trigger',
			);
			await until(async () => crm.messages.length === 2);
			await answer(texts()[1] ?? '', 'Do nothing');
			expect((await n8n.rest.finished(id)).status).toBe('success');
			expect([texts().length, sandbox.trunks()]).toEqual([2, [trunk]]);
			expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
		});
	});
}

const listAt = (url: string) => (node: INode) =>
	node.type === 'n8n-nodes-base.httpRequest' ? { ...node, parameters: { ...node.parameters, url } } : node;

const everySecond = (node: INode): INode =>
	node.name === 'Every night at 02:00'
		? { ...node, parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } } }
		: node;

const everyMinute = (node: INode): INode =>
	'pollTimes' in node.parameters
		? { ...node, parameters: { ...node.parameters, pollTimes: { item: [{ mode: 'everyMinute' }] } } }
		: node;

/** A CRM with a list of customers, and a chat that takes messages. */
interface Crm {
	url: string;
	server: Server;
	overdue: object[];
	/** The keys that it was asked with. */
	keys: unknown[];
	/** What was posted to it. */
	messages: string[];
}

async function openCrm(): Promise<Crm> {
	const crm = { overdue: [] as object[], keys: [] as unknown[], messages: [] as string[] };
	const server = createServer((request, response) => {
		crm.keys.push(request.headers[HEADER.name]);
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		if (request.method === 'POST') request.on('end', () => crm.messages.push(body));
		response.setHeader('content-type', 'application/json').end(JSON.stringify(crm.overdue));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	return Object.assign(crm, { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/overdue` });
}

/** Waits until it is so; the limit is for a broken test alone. */
async function until(isSo: () => Promise<boolean>, patienceMs = 60_000): Promise<void> {
	const limit = Date.now() + patienceMs;
	while (!(await isSo())) {
		if (Date.now() > limit) throw new Error(`It has not come about within ${patienceMs / 1000} seconds.`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
