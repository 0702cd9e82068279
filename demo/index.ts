/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { PACKAGE_ROOT } from '../engine/boot';
import { createEngine, type Engine, loadPackage } from '../engine';
import type { Trunk } from '../nodes/Crazytel/resources/shared/trunks/endpoints';
import { defaultVerifiedNumbers, type Sandbox, startSandbox } from '../sandbox';
import { type CsvRow, readCsv } from './csv';
import { newNumber, type NewNumber } from './newNumber';
import { countOf, type Layout, outcomeTable, succeeded, syncVerb, trunkTable } from './report';
import { readTrunks, type Server } from './trunkList';
import { createParameters, type Outcome, runRows, switchParameters, syncParameters } from './workflows';

export interface DemoOptions extends Layout {
	/** Another server than a sandbox of the demo's own. */
	account?: Server;
	/** The sandbox's port; 0, the default, is any free one. */
	port?: number;
}

export interface DemoResult {
	created: Outcome[];
	suspended: Outcome[];
	enabled: Outcome[];
	/** Create or Update with the list of all customers. */
	synced: Outcome[];
	/** The same once more. */
	syncedAgain: Outcome[];
	/** The last step; undefined where another server does not take part in it. */
	newNumber: NewNumber | undefined;
	/** The demo's own: it is closed, and what it holds can be looked at. */
	sandbox?: Sandbox;
	/** What the account holds at the end; undefined when the server has no list of trunks. */
	trunks: Trunk[] | undefined;
}

const CUSTOMER_COLUMNS = ['customer', 'phone', 'area_code', 'sms_sender', 'hide_caller_id', 'show_balance'] as const;

type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

interface Files {
	newCustomers: Array<CsvRow<CustomerColumn>>;
	/** The same customers a month later. */
	customers: Array<CsvRow<CustomerColumn>>;
	overdue: Array<CsvRow<'customer' | 'trunk_id'>>;
	paid: Array<CsvRow<'customer'>>;
}

/** A row of overdue.csv or paid.csv. */
interface BilledCustomer {
	row: number;
	customer: string;
	trunk_id?: string;
}

/** So many of the numbers in examples/new-customers.csv are verified that ten rows succeed. */
const VERIFIED_NUMBERS = [...defaultVerifiedNumbers, '61255501234', '61270105678', '61755501199', '61855504321'];

/**
 * Provisions, suspends and enables trunks from the CSV files in examples/, buys a number and sends an SMS, with the built
 * node in n8n's own engine, and writes what happened. Leaves nothing running. Money is spent in a sandbox of its own alone.
 *
 * @param write takes text as it comes, line ends included
 * @throws Error with one line for the user when it cannot start, or a step did not do anything
 */
export async function runDemo(options: DemoOptions, write: (text: string) => void): Promise<DemoResult> {
	const files: Files = {
		newCustomers: readCsv('new-customers.csv', [...CUSTOMER_COLUMNS]),
		customers: readCsv('customers.csv', [...CUSTOMER_COLUMNS]),
		overdue: readCsv('overdue.csv', ['customer', 'trunk_id']),
		paid: readCsv('paid.csv', ['customer']),
	};
	const engine = await startEngine();

	if (options.account !== undefined) {
		const { account } = options;
		// Asked first, so that a wrong address is one line and not a table of failures.
		await readTrunks(account);
		write(`Server: ${account.baseUrl}. Trunks are really created there, and once more each time you run this.\n`);
		return await playThrough(files, engine, { ...account, spends: false }, options, write);
	}

	const sandbox = await startSandbox({ port: options.port, verifiedNumbers: VERIFIED_NUMBERS });
	try {
		write(`Server: ${sandbox.url}, a sandbox that plays Crazytel on this computer. Nothing real is changed.\n`);
		const account = { baseUrl: sandbox.url, apiKey: sandbox.apiKey, spends: true };
		return { ...(await playThrough(files, engine, account, options, write)), sandbox };
	} finally {
		await sandbox.close();
	}
}

async function startEngine(): Promise<Engine> {
	if (!existsSync(join(PACKAGE_ROOT, 'dist', 'nodes', 'Crazytel', 'Crazytel.node.js'))) {
		throw new Error(
			'The built package is missing: there is no dist folder, or no node in it. Run "npm run build" first.',
		);
	}
	return createEngine(await loadPackage());
}

async function playThrough(
	{ newCustomers, customers, overdue, paid }: Files,
	engine: Engine,
	{ spends, ...account }: Server & { spends: boolean },
	layout: Layout,
	write: (text: string) => void,
): Promise<DemoResult> {
	const credential = { ...account, requestsPerMinute: 60 };
	const report = (rows: Parameters<typeof outcomeTable>[0], outcomes: Outcome[], verb: string) =>
		write(`${outcomeTable(rows, outcomes, () => verb, layout)}\n${countOf(outcomes, verb)}.\n`);
	const columnsOf = ({ row, customer, phone }: CsvRow<CustomerColumn>) => ({ row, customer, phone });
	write('The node runs as it was built, in the engine of n8n itself.\n');

	write('\n1. New customers: create a SIP trunk for each row of examples/new-customers.csv\n');
	const created = await runRows(engine, credential, newCustomers, createParameters);
	report(newCustomers.map(columnsOf), created, 'created');
	if (!created.some(succeeded)) {
		throw new Error('No trunk could be created, so there is nothing to suspend. The table above says why.');
	}
	write('Rows that failed left the node by its error output, and the others went on without them.\n');
	write("The node made a password for each trunk. It is in the node's output, and is not printed here.\n");

	const idOf = trunkIdsByCustomer(created);
	// A row that names its trunk is taken at its word; the others are found by the customer's name.
	const withTrunkId = ({ row, customer, trunk_id = '' }: BilledCustomer) => ({
		row,
		customer,
		trunk_id: trunk_id.trim() || (idOf.get(customer.trim()) ?? ''),
	});

	write('\n2. Unpaid bills: suspend the trunks of the customers in examples/overdue.csv\n');
	const suspended = await runRows(engine, credential, overdue.map(withTrunkId), switchParameters('suspend'));
	report(
		overdue.map(({ row, customer }) => ({ row, customer })),
		suspended,
		'suspended',
	);

	write('\n3. Payments: enable the trunks of the customers in examples/paid.csv again\n');
	const enabled = await runRows(engine, credential, paid.map(withTrunkId), switchParameters('enable'));
	report(
		paid.map(({ row, customer }) => ({ row, customer })),
		enabled,
		'enabled',
	);

	write('\n4. The list of customers a month later: create or update a trunk for each row of examples/customers.csv\n');
	const synced = await runRows(engine, credential, customers, syncParameters);
	write(`${outcomeTable(customers.map(columnsOf), synced, syncVerb, layout)}\n${syncCounts(synced)}.\n`);
	write('A trunk is known by its description. Only what differs is sent, and no password of a trunk that exists.\n');

	write('\n5. The same list once more\n');
	const syncedAgain = await runRows(engine, credential, customers, syncParameters);
	write(`${syncCounts(syncedAgain)}.\n`);

	const bought = await playNewNumber({ engine, credential, layout, write, spends }, created);

	const trunks = await readTrunks(account);
	write('\nWhat the server holds now\n');
	if (trunks === undefined) write('It has no list of trunks to read.\n');
	else {
		const off = trunks.filter((trunk) => trunk.enabled === false).length;
		write(`${trunkTable(trunks, layout)}\n${trunks.length} trunks, ${off} of them suspended.\n`);
	}

	for (const [outcomes, verb] of [
		[suspended, 'suspended'],
		[enabled, 'enabled'],
	] as const) {
		if (!outcomes.some(succeeded)) throw new Error(`No trunk could be ${verb}. The table above says why.`);
	}
	return { created, suspended, enabled, synced, syncedAgain, newNumber: bought, trunks };
}

/** On another server it costs nothing, and what such a server lacks does not end the demo. */
async function playNewNumber(
	stage: Parameters<typeof newNumber>[0],
	created: Outcome[],
): Promise<NewNumber | undefined> {
	const { spends, write } = stage;
	write('\n6. A phone number for a customer, and an SMS that says so\n');
	if (!spends)
		write('On this server they could cost real money, so nothing is bought and nothing sent: Dry Run is on.\n');
	try {
		return await newNumber(
			stage,
			created.filter(succeeded).map(({ trunk }) => trunk),
		);
	} catch (error) {
		if (spends) throw error;
		write(`It cannot be shown here. ${(error as Error).message}\n`);
		return undefined;
	}
}

/** As in `2 created, 2 changed, 8 left alone, 0 failed`. */
function syncCounts(outcomes: Outcome[]): string {
	const verbs = outcomes.map((outcome) => (succeeded(outcome) ? syncVerb(outcome.trunk) : 'failed'));
	return (['created', 'changed', 'left alone', 'failed'] as const)
		.map((verb) => `${verbs.filter((each) => each === verb).length} ${verb}`)
		.join(', ');
}

/** The description of each new trunk is the customer's name: step 1 sets it so. */
function trunkIdsByCustomer(created: Outcome[]): Map<string, string> {
	return new Map(created.filter(succeeded).map(({ trunk }) => [String(trunk.description), String(trunk.id)]));
}
