import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { crazytelNode, type Engine, itemsOf } from '../engine';

/** What became of one row. */
export type Outcome = { row: number } & ({ trunk: IDataObject } | { error: string });

const additionalFields: INodeParameters = {
	areaCode: '={{ $json.area_code }}',
	hideCallerId: '={{ $json.hide_caller_id }}',
	smsSender: '={{ $json.sms_sender }}',
	softphoneShowBalance: '={{ $json.show_balance }}',
};

/** Create, with the columns of examples/new-customers.csv. */
export const createParameters: INodeParameters = {
	operation: 'create',
	passwordSource: 'generate',
	callerIdNumber: '={{ $json.phone }}',
	trunkDescription: '={{ $json.customer }}',
	additionalFields,
};

/** Create or Update, with the columns of examples/customers.csv; a cell without a value is left as it is. */
export const syncParameters: INodeParameters = {
	operation: 'upsert',
	trunkDescription: '={{ $json.customer }}',
	passwordSource: 'generate',
	callerIdNumber: '={{ $json.phone }}',
	additionalFields,
	options: { ignoreEmpty: true, onlyIfChanged: true },
};

/** Suspend or Enable, for rows that hold a trunk's ID in `trunk_id`. */
export function switchParameters(operation: 'suspend' | 'enable'): INodeParameters {
	return { operation, trunk: { __rl: true, mode: 'id', value: '={{ $json.trunk_id }}' } };
}

/**
 * Runs rows through the workflow Rows → Crazytel, with a node behind each of its two branches.
 *
 * @returns one outcome for each row, in the order of the rows
 * @throws Error when n8n stopped the workflow, or a row came out of no branch or of both
 */
export async function runRows(
	engine: Engine,
	credential: ICredentialDataDecryptedObject,
	rows: Array<IDataObject & { row: number }>,
	parameters: INodeParameters,
): Promise<Outcome[]> {
	const { done, failed } = await runNode(engine, credential, rows, parameters);
	const outcomes: Outcome[] = [
		...done.map((json) => ({ row: Number(json.looked), trunk: json })),
		...failed.map((json) => ({ row: Number(json.looked), error: String(json.error) })),
	].sort((one, other) => one.row - other.row);
	const seen = outcomes.map(({ row }) => row).join();
	if (seen !== rows.map(({ row }) => row).join()) {
		throw new Error(`Each of the ${rows.length} rows must come out of n8n once, and these came out: ${seen}.`);
	}
	return outcomes;
}

/**
 * The same, with what came out of each branch.
 *
 * @throws Error when n8n stopped the workflow
 */
export async function runNode(
	engine: Engine,
	credential: ICredentialDataDecryptedObject,
	rows: IDataObject[],
	parameters: INodeParameters,
): Promise<{ done: IDataObject[]; failed: IDataObject[] }> {
	const run = await engine.run({
		credential,
		nodes: [
			helperNode('Rows', 'engine.source', { items: rows as INodeParameters[] }),
			crazytelNode('Crazytel', parameters, { onError: 'continueErrorOutput' }),
			afterBranch('Done'),
			afterBranch('To check'),
		],
		connections: {
			Rows: { main: [towards('Crazytel')] },
			Crazytel: { main: [towards('Done'), towards('To check')] },
		},
	});
	const { error } = run.data.resultData;
	if (error !== undefined) throw new Error(`n8n stopped the workflow: ${error.message}`);
	const itemsAfter = (node: string) => itemsOf(run, node).map(({ json }) => json);
	return { done: itemsAfter('Done'), failed: itemsAfter('To check') };
}

/** Finds its row through n8n's own item pairing, which the Crazytel node has to keep up. */
function afterBranch(name: string): INode {
	return helperNode(name, 'engine.look', { value: "={{ $('Rows').item.json.row }}" });
}

function helperNode(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

function towards(node: string) {
	return [{ node, type: NodeConnectionTypes.Main, index: 0 }];
}
