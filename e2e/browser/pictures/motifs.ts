import type { INode } from 'n8n-workflow';

import { exampleTable, exampleWorkflow } from '../../editor/content';
import { crazytelNode, manualTrigger, node } from '../../tests/scene';
import { executeWorkflow, nodeOnCanvas, openNewWorkflow, openWorkflow } from '../pages/canvas';
import { chooseInPanel, openNodePanel, searchNodes } from '../pages/nodePanel';
import { choicesOf, openNode } from '../pages/nodeForm';
import { executeStep, itemsShown } from '../pages/output';
import type { BrowserScene } from '../scene';
import { around, takePicture, undisturbed } from './camera';

/** A picture for the README and the docs: it brings about what it shows, and answers what it has written. */
type Motif = (scene: BrowserScene) => Promise<string>;

const at = (x: number, y: number, on: INode): INode => ({ ...on, position: [x, y] });
const to = (...names: string[]) => ({ main: names.map((name) => [{ node: name, type: 'main' as const, index: 0 }]) });
/** Of the window in which a node opens; behind it, it is dark. */
const ROUND_CORNER = 12;
const nightly = node('Every night', 'n8n-nodes-base.scheduleTrigger', 1.2);

const nodePanel: Motif = async (scene) => {
	const page = await scene.openTab();
	// So high that all actions are seen.
	await page.setViewportSize({ width: 1400, height: 1500 });
	const workflow = await scene.n8n.rest.createWorkflow({ name: 'Crazytel', nodes: [nightly], connections: {} });
	await openWorkflow(page, workflow, scene.n8n.url);
	await openNodePanel(page);
	await searchNodes(page, 'crazytel');
	await chooseInPanel(page, 'Crazytel');
	await page.getByText('Update SIP trunk', { exact: true }).waitFor();
	// The actions alone: what stands above them the README says too, and with it the picture is higher than a screen.
	const groups = page.getByTestId('node-creator-category-item');
	const { x, width } = await around(0, page.getByTestId('node-creator'));
	const { y, height } = await around(0, groups.first(), groups.last());
	return await takePicture(page, 'node-panel', { x, y, width, height });
};

const trigger: Motif = async (scene) => {
	const page = await scene.openTab();
	scene.sandbox.set({ balance: 4.2 });
	await openNewWorkflow(page, scene.n8n.url);
	await openNodePanel(page);
	await searchNodes(page, 'crazytel');
	await chooseInPanel(page, 'Crazytel');
	await chooseInPanel(page, 'On balance low');
	await executeStep(page);
	await itemsShown(page);
	await undisturbed(page);
	const { height, ...rest } = await around(0, page.getByTestId('node-parameters'), page.getByTestId('output-panel'));
	return await takePicture(page, 'trigger', { ...rest, height: height - ROUND_CORNER });
};

const callerId: Motif = async (scene) => {
	const page = await scene.openTab();
	const crazytel = crazytelNode(scene, { operation: 'create', callerIdNumber: '61291234567' });
	const workflow = await scene.n8n.rest.createWorkflow({
		name: 'Crazytel',
		nodes: [manualTrigger, at(220, 0, crazytel)],
		connections: { [manualTrigger.name]: to(crazytel.name) },
	});
	await openNode(page, workflow, crazytel.name, scene.n8n.url);
	await choicesOf(page, 'callerIdNumber');
	return await takePicture(
		page,
		'caller-id',
		await around(0, page.getByTestId('node-parameters'), page.locator('.el-popper:has([role="option"]):visible')),
	);
};

const errorBranch: Motif = async (scene) => {
	const page = await scene.openTab();
	const customers = node('New customers', 'n8n-nodes-base.code', 2, {
		jsCode: [
			'return [',
			"  { customer: 'Harbour Dental', phone: '(02) 9123 4567' },",
			"  { customer: 'Geelong Removals', phone: '03 5550 9900' },",
			"  { customer: 'Café Lune', phone: '0412 345 678' },",
			'].map((json) => ({ json }));',
		].join('\n'),
	});
	const crazytel = crazytelNode(
		scene,
		{
			operation: 'create',
			callerIdNumber: '={{ $json.phone }}',
			trunkDescription: '={{ $json.customer }}',
		},
		{ onError: 'continueErrorOutput' },
	);
	const made = node('Send them their login', 'n8n-nodes-base.noOp', 1);
	const refused = node('Tell the sales team', 'n8n-nodes-base.noOp', 1);
	const workflow = await scene.n8n.rest.createWorkflow({
		name: 'Trunks for new customers',
		nodes: [manualTrigger, at(220, 0, customers), at(440, 0, crazytel), at(720, -110, made), at(720, 110, refused)],
		connections: {
			[manualTrigger.name]: to(customers.name),
			[customers.name]: to(crazytel.name),
			[crazytel.name]: to(made.name, refused.name),
		},
	});
	await openWorkflow(page, workflow, scene.n8n.url);
	await executeWorkflow(page, made.name, refused.name);
	// What stands on the lines comes after the marks of the nodes.
	await page.getByTestId('edge-label').filter({ hasText: '1 item' }).first().waitFor();
	await undisturbed(page);
	const nodes = workflow.nodes.map(({ name }) => nodeOnCanvas(page, name));
	const ends = await page.getByTestId('canvas-handle-plus').all();
	return await takePicture(page, 'error-branch', await around(45, ...nodes, ...ends));
};

const dryRun: Motif = async (scene) => {
	const page = await scene.openTab();
	const crazytel = crazytelNode(scene, {
		operation: 'suspend',
		trunk: {
			__rl: true,
			mode: 'list',
			value: scene.sandbox.trunks()[0]?.id ?? '',
			cachedResultName: 'CT104233 · Sydney front desk · +61 2 9123 4567',
		},
		options: { dryRun: true },
	});
	const workflow = await scene.n8n.rest.createWorkflow({
		name: 'Crazytel',
		nodes: [manualTrigger, at(220, 0, crazytel)],
		connections: { [manualTrigger.name]: to(crazytel.name) },
	});
	await openNode(page, workflow, crazytel.name, scene.n8n.url);
	await executeStep(page);
	await itemsShown(page);
	await undisturbed(page);
	const { height, ...rest } = await around(0, page.getByTestId('node-parameters'), page.getByTestId('output-panel'));
	return await takePicture(page, 'dry-run', { ...rest, height: height - ROUND_CORNER });
};

const crmCredential = { name: 'CRM', type: 'httpHeaderAuth', data: { name: 'x-crm-key', value: 'sandbox' } };

const asksByHeader = ({ parameters }: INode): boolean =>
	parameters.authentication === 'headerAuth' || parameters.genericAuthType === 'httpHeaderAuth';

/** An example on the canvas, without its notes: they are as large as it is, and to be read in n8n. */
const example =
	(name: string): Motif =>
	async (scene) => {
		const page = await scene.openTab();
		const whole = exampleWorkflow(
			`${name}.json`,
			scene.credential,
			await scene.n8n.rest.dataTable(exampleTable),
			scene.sandbox.url,
		);
		// Without it n8n marks the nodes that talk to the CRM as faulty.
		const { id, name: called } = await scene.n8n.rest.createCredential(crmCredential);
		const nodes = whole.nodes
			.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
			.map((each) => (asksByHeader(each) ? { ...each, credentials: { httpHeaderAuth: { id, name: called } } } : each));
		const workflow = await scene.n8n.rest.createWorkflow({ ...whole, nodes });
		await openWorkflow(page, workflow, scene.n8n.url);
		await undisturbed(page);
		// The editor's own buttons lie over the right end of a long workflow.
		await page.addStyleTag({ content: '[class*="nodeButtonsWrapper"] { display: none; }' });
		const ends = await page.getByTestId('canvas-handle-plus').all();
		return await takePicture(
			page,
			`example-${name}`,
			await around(60, ...nodes.map((each) => nodeOnCanvas(page, each.name)), ...ends),
		);
	};

const examples = [
	'provision-on-deal-won',
	'new-customer',
	'suspend-overdue-with-approval',
	'sync-customers',
	'monthly-usage',
];

/** All of them. */
export const motifs: Motif[] = [nodePanel, trigger, callerId, errorBranch, dryRun, ...examples.map(example)];
