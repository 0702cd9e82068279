import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { memoryOf } from '../../../nodes/Crazytel/run/memory';

const nodeWith = (id: string, isTool?: boolean) =>
	({
		getNode: () => ({ id }),
		...(isTool !== undefined && { isToolExecution: () => isTool }),
	}) as unknown as IExecuteFunctions;

const newItem = (): INodeExecutionData => ({ json: {} });

// Older versions of n8n cannot tell.
test.each([undefined, false])('is of one item and one node, in all tries (as a tool: %p)', (isTool) => {
	const item = newItem();
	const memory = memoryOf(nodeWith('one', isTool), item);

	expect(memory).toEqual({});
	expect(memoryOf(nodeWith('one', isTool), item)).toBe(memory);
	expect(memoryOf(nodeWith('two', isTool), item)).not.toBe(memory);
	expect(memoryOf(nodeWith('one', isTool), newItem())).not.toBe(memory);
	// Another run may pass on the same fields in a new item.
	expect(memoryOf(nodeWith('one', isTool), { ...item })).not.toBe(memory);
});

test('of a tool it is of the arguments, which n8n wraps anew in each try', () => {
	const item = newItem();
	const memory = memoryOf(nodeWith('one', true), item);

	expect(memoryOf(nodeWith('one', true), { ...item })).toBe(memory);
	expect(memoryOf(nodeWith('one', true), newItem())).not.toBe(memory);
});
