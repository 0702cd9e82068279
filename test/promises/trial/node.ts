import { type INodeProperties, type INodeType, NodeConnectionTypes } from 'n8n-workflow';

import { secretParameters } from '../../../nodes/Crazytel/resources';
import type { FindOperation } from '../../../nodes/Crazytel/run/prepareItems';
import { runItems } from '../../../nodes/Crazytel/run/runner';
import { driveSources } from './clock';

/** A node whose `execute` is that of the Crazytel node, from the sources, with operations of its own. */
export function nodeOf(name: string, findOperation: FindOperation, properties: INodeProperties[]): INodeType {
	driveSources();
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: name,
			defaults: { name },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'crazytelApi', required: true }],
			properties,
		},
		async execute() {
			return [await runItems(this, findOperation, secretParameters)];
		},
	};
}
