import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { isTool } from '../../run/tool';

/**
 * The choice of a dropdown that leaves the field to the model; only a node that is the tool of an agent has it. n8n has
 * a button for that on fields of other types, which writes such an expression: a dropdown can offer it like a value.
 *
 * @param key by this the model gives the value
 * @param description what the model is told of it, without quotes
 */
export function choiceOfModel(
	context: ILoadOptionsFunctions,
	key: string,
	description: string,
): INodePropertyOptions[] {
	if (!isTool(context.getNode())) return [];
	return [{ name: 'Let the Model Choose', value: `={{ $fromAI('${key}', '${description}', 'string') }}` }];
}
