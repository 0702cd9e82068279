import { createEngine, crazytelNode, itemsOf, loadPackage, sourceNode } from '../engine';
import { maskText } from './words';

/**
 * Updates the description of a trunk with the package's own node, in n8n's engine.
 *
 * @returns undefined when the node says that it is done, else its error with all that could be of the account masked
 */
export async function updateByNode(
	baseUrl: string,
	apiKey: string,
	id: string,
	description: string,
): Promise<string | undefined> {
	const engine = createEngine(await loadPackage());
	const update = crazytelNode('Update', {
		operation: 'update',
		trunk: { __rl: true, mode: 'id', value: id },
		updateFields: { description },
	});
	const run = await engine.run({
		nodes: [sourceNode('Source', [{}]), update],
		connections: { Source: { main: [[{ node: 'Update', type: 'main', index: 0 }]] } },
		credential: { apiKey, baseUrl },
	});
	const { error } = run.data.resultData;
	if (error !== undefined) return maskText(error.message);
	return itemsOf(run, 'Update').length === 1 ? undefined : 'no item';
}
