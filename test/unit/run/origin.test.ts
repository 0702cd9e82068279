import type { IExecuteFunctions } from 'n8n-workflow';

import { keyFor, originOf } from '../../../nodes/Crazytel/run/origin';

/** What n8n tells of where an item is. */
const where = { instance: 'n8n-1', workflow: 'w-1', execution: '7' as string | undefined, node: 'n-1', run: 0 };

const contextOf = ({ instance, workflow, execution, node, run }: typeof where) =>
	({
		getInstanceId: () => instance,
		getWorkflow: () => ({ id: workflow }),
		getExecutionId: () => execution,
		getNode: () => ({ id: node }),
		getWorkflowDataProxy: () => ({ $runIndex: run }),
	}) as unknown as IExecuteFunctions;

test('an item is told from every other one by where it is, and by nothing else', () => {
	const origins = [
		originOf(contextOf(where), 0, {}),
		originOf(contextOf(where), 1, {}),
		...(['instance', 'workflow', 'execution', 'node'] as const).map((part) =>
			originOf(contextOf({ ...where, [part]: 'another' }), 0, {}),
		),
		originOf(contextOf({ ...where, run: 1 }), 0, {}),
	];
	expect(new Set(origins).size).toBe(origins.length);
	expect(originOf(contextOf({ ...where }), 0, {})).toBe(origins[0]);
});

test('an older n8n, which does not tell its id, is no hindrance', () => {
	const { getInstanceId, ...older } = contextOf(where);
	expect(getInstanceId()).toBe('n8n-1');
	expect(originOf(older as IExecuteFunctions, 0, {})).toBe(originOf(older as IExecuteFunctions, 0, {}));
});

test.each([undefined, '', '__UNKNOWN__'])(
	'in an execution without a number (%j) it is drawn, and kept for the next try',
	(execution) => {
		const memory = {};
		const drawn = originOf(contextOf({ ...where, execution }), 0, memory);
		expect(originOf(contextOf({ ...where, execution }), 0, memory)).toBe(drawn);
		expect(originOf(contextOf({ ...where, execution }), 0, {})).not.toBe(drawn);
	},
);

test("a try of an agent's tool, which n8n counts as another run, has the origin of the first one", () => {
	const memory = {};
	expect(originOf(contextOf(where), 0, memory)).toBe(originOf(contextOf({ ...where, run: 1 }), 0, memory));
});

test('a key is the same for the same content, and shows nothing of it', () => {
	expect(keyFor('a', { text: 'Hello' })).toBe(keyFor('a', { text: 'Hello' }));
	expect(keyFor('a', { text: 'Hello' })).not.toBe(keyFor('a', { text: 'Bye' }));
	expect(keyFor('a', { text: 'Hello' })).not.toBe(keyFor('b', { text: 'Hello' }));
	expect(keyFor('a', { text: 'Hello' })).toMatch(/^[0-9a-f]{32}$/);
});
