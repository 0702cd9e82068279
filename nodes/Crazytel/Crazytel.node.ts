import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type NodeConnectionTypes,
} from 'n8n-workflow';

import { findOperation, methods, properties, secretParameters, subtitle } from './resources';
import { runItems } from './run/runner';

/** Only the type is n8n's: a version before 1.83 beside the package has no `NodeConnectionTypes` to load. */
const MAIN: typeof NodeConnectionTypes.Main = 'main';

export class Crazytel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Crazytel',
		name: 'crazytel',
		icon: { light: 'file:../../icons/crazytel.svg', dark: 'file:../../icons/crazytel.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description:
			'Manage SIP trunks and phone numbers, send SMS, and read call records and the balance at the Australian telephone provider Crazytel',
		defaults: { name: 'Crazytel' },
		usableAsTool: true,
		inputs: [MAIN],
		outputs: [MAIN],
		credentials: [{ name: 'crazytelApi', required: true }],
		properties,
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, findOperation, secretParameters)];
	}
}
