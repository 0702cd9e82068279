import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import type { Engine } from '../engine';
import { formsOf } from '../nodes/Crazytel/input/numberForms';
import { isSmsSender } from '../nodes/Crazytel/input/phoneNumber';
import { numberIn } from '../nodes/Crazytel/resources/phoneNumber/entry';
import type { Encoded } from '../nodes/Crazytel/resources/sms/encoding';
import { balanceLine, type BillLine, billOf } from './bill';
import { billTable, type Layout, offerTable, stepTable } from './report';
import { runNode } from './workflows';

/** What became of a new number. */
export interface NewNumber {
	/** Search Available, Buy, Route to Trunk and Send, as far as they were run: what each gave. */
	steps: Array<{ step: string; output: IDataObject }>;
	bill: BillLine[];
	/** Dollars. */
	balance: { before: number; after: number };
}

interface Stage {
	engine: Engine;
	credential: ICredentialDataDecryptedObject;
	layout: Layout;
	write: (text: string) => void;
	/** Whether money may be spent. If not, everything is a dry run. */
	spends: boolean;
}

const getBalance: INodeParameters = { resource: 'account', operation: 'getBalance' };

const search: INodeParameters = {
	resource: 'phoneNumber',
	operation: 'searchAvailable',
	limit: 4,
	filters: { state: 'NSW', city: 'Sydney' },
};

/** It comes without a route, as the next step gives it one. */
const buy: INodeParameters = {
	resource: 'phoneNumber',
	operation: 'buy',
	number: '={{ $json.number }}',
	addressId: '={{ $json.address }}',
	ownerId: '={{ $json.owner }}',
	route: 'congestion',
	acceptCharge: false,
	additionalFields: { description: '={{ $json.customer }}' },
};

const route: INodeParameters = {
	resource: 'phoneNumber',
	operation: 'routeToTrunk',
	phoneNumber: { __rl: true, mode: 'number', value: '={{ $json.number }}' },
	trunk: { __rl: true, mode: 'username', value: '={{ $json.username }}' },
};

const send: INodeParameters = {
	resource: 'sms',
	operation: 'send',
	from: '={{ $json.from }}',
	to: '={{ $json.to }}',
	text: '=Hello {{ $json.customer }}, your new number is {{ $json.shown }}. Calls to it ring on {{ $json.username }}.',
};

const dryRun: INodeParameters = { options: { dryRun: true } };

/**
 * Searches for a number, and says by a dry run of Buy and Send what it costs to buy it for the first customer with a mobile
 * number and to tell the customer so. Where money may be spent, that is then done.
 *
 * @param trunks those of the customers, as the node gave them
 * @throws Error with one line when a step fails
 */
export async function newNumber(
	{ engine, credential, layout, write, spends }: Stage,
	trunks: IDataObject[],
): Promise<NewNumber> {
	const run = async (step: string, parameters: INodeParameters, item: IDataObject = {}) => {
		const { done, failed } = await runNode(engine, credential, [item], parameters);
		const [output] = done;
		if (output === undefined) throw new Error(`${step}: ${String(failed[0]?.error ?? 'nothing was found.')}`);
		return { output, all: done };
	};
	const balance = async () => Number((await run('Get Balance', getBalance)).output.balance);

	const trunk = trunks.find(({ caller_id_number: number }) => isSmsSender(String(number)));
	if (trunk === undefined) throw new Error('No customer with a mobile number has a trunk.');
	const before = await balance();
	const { output: offer, all: offers } = await run('Search Available', search);
	write(`${offerTable(offers, layout)}\n`);

	const number = numberIn(offer);
	if (number === undefined) throw new Error('Search Available: what it gave shows no number.');
	const [shown] = formsOf(number);
	const to = String(trunk.caller_id_number);
	const item = {
		...{ number, shown, to, customer: trunk.description, username: trunk.username },
		address: await first('getAddresses'),
		owner: await first('getOwners'),
		from: await first('getSmsSenders', to),
	};
	const { output: purchase } = await run('Buy', { ...buy, ...dryRun }, item);
	const { output: message } = await run('Send', { ...send, ...dryRun }, item);
	const bill = billOf(shown, offer, message.sms as unknown as Encoded);
	const {
		body: { text },
	} = message.request as { body: IDataObject };
	write(`\nThe first of them is for ${String(item.customer)}, who gets this SMS:\n"${String(text)}"\n`);
	write(`\nWhat that ${spends ? 'costs' : 'would cost'}, by the search and a dry run\n${billTable(bill, layout)}\n`);

	const steps: NewNumber['steps'] = spends
		? []
		: [
				{ step: 'Buy', output: purchase },
				{ step: 'Send', output: message },
			];
	for (const [step, parameters] of spends
		? Object.entries({ Buy: { ...buy, acceptCharge: true }, 'Route to Trunk': route, Send: send })
		: []) {
		steps.push({ step, output: (await run(step, parameters, item)).output });
	}
	write(`\n${stepTable(steps, layout)}\n`);
	const after = await balance();
	write(`${balanceLine(before, after, spends ? bill.at(-1)?.now : 0)}\n`);
	return { steps, bill, balance: { before, after } };

	/** What a person would choose in a dropdown: here its first entry. */
	async function first(method: string, butNot?: string): Promise<string> {
		const choice = (await engine.loadOptions(method, credential)).find(({ value }) => value !== butNot);
		if (choice === undefined) throw new Error(`The dropdown of ${method} has nothing else to choose.`);
		return String(choice.value);
	}
}
