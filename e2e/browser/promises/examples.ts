import type { Page } from 'playwright-core';

import { type Sandbox, startSandbox } from '../../../sandbox';
import { callRecordsToShow } from '../../../sandbox/callRecordsToShow';
import { trunksToShow } from '../../../sandbox/trunksToShow';
import { credentialFor, exampleFiles, exampleTable, exampleWorkflow } from '../../editor/content';
import type { SavedWorkflow } from '../../rest';
import { eventually } from '../eventually';
import { cutOffOfNotes, executeWorkflow, nodesThatRan, openWorkflow } from '../pages/canvas';
import { answerForm } from '../pages/form';
import type { BrowserScene } from '../scene';

interface Show {
	/** The node that runs last, of those that are not pinned. */
	last: string;
	/** The nodes that do not run with the sample. */
	asleep?: string[];
	/** What the account holds then: description, caller ID, enabled. */
	leaves: Array<[string, unknown, boolean]>;
	/** What has come about beside that. */
	also?: (sandbox: Sandbox) => void;
	/** What a person does meanwhile. */
	meanwhile?: (page: Page) => Promise<void>;
}

const SYDNEY: [string, string, boolean] = ['Sydney front desk', '61291234567', true];
const MELBOURNE: [string, string, boolean] = ['Melbourne sales', '61398765432', true];
const BRISBANE: [string, string, boolean] = ['Brisbane warehouse, moved out', '61731234567', false];
const NUMBERS = ['61291234567', '61398765432', '61731234567', '61870101234'];

const shows: Record<string, Show> = {
	'check-my-account.json': {
		last: 'To share',
		leaves: [SYDNEY, MELBOURNE, BRISBANE],
		also: (sandbox) => expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true),
	},
	'enable-on-payment.json': {
		last: 'Answer that it is enabled',
		asleep: ['Answer with the reason'],
		leaves: [SYDNEY, MELBOURNE, ['Brisbane warehouse, moved out', '61731234567', true]],
	},
	'low-balance-alarm.json': {
		last: 'Message',
		leaves: [SYDNEY, MELBOURNE, BRISBANE],
	},
	'monthly-usage.json': {
		last: 'Table for Excel',
		leaves: [SYDNEY, MELBOURNE, BRISBANE],
	},
	'new-customer.json': {
		last: 'Send the login',
		asleep: ['Answer what is missing', 'Let the other call end'],
		leaves: [SYDNEY, MELBOURNE, BRISBANE, ['Customer of deal 4711', expect.stringMatching(/^612[69]\d{7}$/), true]],
		also(sandbox) {
			expect([sandbox.numbers.purchases().length, sandbox.messages().length]).toEqual([1, 1]);
			expect(sandbox.numbers.owned()).toMatchObject([
				{ description: 'Customer of deal 4711', primary_destination: sandbox.trunks()[3]?.username },
			]);
		},
	},
	'provision-in-batches.json': {
		last: 'All done',
		leaves: [
			SYDNEY,
			MELBOURNE,
			BRISBANE,
			['Harbour Dental', '61291234567', true],
			...Array.from({ length: 20 }, (_, row): [string, string, boolean] => [
				`Shop ${row + 1}`,
				NUMBERS[row % 4] ?? '',
				true,
			]),
		],
	},
	'provision-on-deal-won.json': {
		last: 'Create or update trunk',
		asleep: ['Answer what is missing'],
		leaves: [SYDNEY, MELBOURNE, BRISBANE, ['Deal 4711', '61291234567', true]],
	},
	'stop-toll-fraud.json': {
		last: 'Suspend trunk',
		leaves: [SYDNEY, ['Melbourne sales', '61398765432', false], BRISBANE],
		meanwhile: async (page) => await answerForm(page, 'Suspend them'),
	},
	'suspend-overdue-with-approval.json': {
		last: 'Done',
		leaves: [SYDNEY, ['Melbourne sales', '61398765432', false], BRISBANE],
		meanwhile: async (page) => await answerForm(page, 'Suspend them'),
	},
	'suspend-overdue.json': {
		last: 'Done',
		leaves: [['Sydney front desk', '61291234567', false], MELBOURNE, BRISBANE],
	},
	'sync-customers.json': {
		last: 'Summary',
		leaves: [['Sydney front desk', '61412345678', true], MELBOURNE, BRISBANE, ['Harbour Dental', '61291234567', true]],
	},
	'verified-numbers.json': {
		last: 'Row of the number',
		asleep: ['To check'],
		leaves: [SYDNEY, MELBOURNE, BRISBANE],
	},
};

/** The examples as `npm run editor` has them: the sandbox behind them, nothing filled in. */
export function describeExamplesInEditor(scene: () => BrowserScene): void {
	describe.each(exampleFiles)('the example %s, as it stands', (file) => {
		// An account of its own: the node remembers for a while what it has written in one.
		let sandbox: Sandbox;
		let workflow: SavedWorkflow;
		beforeAll(async () => {
			const { rest } = scene().n8n;
			sandbox = await startSandbox({ trunks: trunksToShow, apiKey: `key-for-${file}` });
			sandbox.addCallRecords(callRecordsToShow());
			const credential = await rest.createCredential({ ...credentialFor(sandbox), name: file });
			workflow = await rest.createWorkflow(
				exampleWorkflow(file, credential, await rest.dataTable(exampleTable), sandbox.url),
			);
		});
		afterAll(async () => await sandbox.close());
		afterEach(async () => await scene().closeTabs());

		it('has notes that show all of their words', async () => {
			const page = await scene().openTab();
			await openWorkflow(page, workflow, scene().n8n.url);
			const notes = workflow.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
			await eventually(async () => expect(await cutOffOfNotes(page)).toEqual(notes.map(() => 0)));
		});

		it('runs by one click, and does what it is an example of', async () => {
			const { last, asleep = [], leaves, also, meanwhile } = shows[file] ?? { last: '', leaves: [] };
			const page = await scene().openTab();
			await openWorkflow(page, workflow, scene().n8n.url);
			const answered = meanwhile?.(page);
			await executeWorkflow(page, last);
			await answered;

			// One whose data is pinned shows that it ran only where nothing is missing in it.
			const pinned = Object.keys(workflow.pinData ?? {});
			const unpinned = (names: string[]) => names.filter((name) => !pinned.includes(name));
			const all = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map(({ name }) => name);
			const awake = unpinned(all).filter((name) => !asleep.includes(name));
			await eventually(async () => expect(unpinned(await nodesThatRan(page))).toEqual(awake.sort()));
			expect(sandbox.trunks().map((trunk) => [trunk.description, trunk.caller_id_number, trunk.enabled])).toEqual(
				leaves,
			);
			also?.(sandbox);
		});
	});
}
