import type { NodeApiError } from 'n8n-workflow';

import { linesOf, type Scene } from '../engine/scene';
import type { Plot } from './plots';

type NodeError = Pick<NodeApiError, 'message' | 'description' | 'context'>;

/** What a run says of one of its items. */
type Told =
	/** Written, with this output. */
	| { trunk: Record<string, unknown> }
	/** Not written, or who knows, with these words. */
	| { words: string };

/** Both Continue forms: one output for each item, in order, each paired with its item. */
function outputsOf(scene: Scene, onError: Plot['onError'], count: number): Told[] {
	const branches = scene.run.data.resultData.runData.Crazytel?.[0]?.data?.main ?? [];
	const indexes = branches.map((items) => (items ?? []).map(({ pairedItem }) => (pairedItem as { item: number }).item));
	for (const inOrder of indexes) expect(inOrder).toStrictEqual([...inOrder].sort((a, b) => a - b));
	const all = Array.from({ length: count }, (_, index) => index);
	expect(indexes.flat().sort((a, b) => a - b)).toStrictEqual(all);
	if (onError === 'continueRegularOutput') expect(indexes[0]).toStrictEqual(all);

	const told: Told[] = [];
	for (const [branch, items] of branches.entries()) {
		for (const { json, pairedItem } of items ?? []) {
			const isFailed = typeof json.error === 'string';
			if (onError === 'continueErrorOutput') expect(branch).toBe(isFailed ? 1 : 0);
			told[(pairedItem as { item: number }).item] = isFailed ? { words: String(json.error) } : { trunk: json };
		}
	}
	return told;
}

/** The items that a report names, with the words that it has for them. */
export function failuresIn(lines: string[]): Array<[items: number[], words: string]> {
	return lines.flatMap((line) => {
		const [, items = '', words = ''] = /^Items? ([\d, ]+): (.*)$/.exec(line) ?? [];
		return items === '' ? [] : [[items.split(', ').map(Number), words] as [number[], string]];
	});
}

/** What the error that stopped a run says of each item; what it does not name was not written. */
function errorOf({ message, description, context }: NodeError, count: number): Told[] {
	const told = Array.from({ length: count }, (): Told => ({ words: 'Nothing is said of this item.' }));
	const lines = linesOf(description);
	if (typeof context.itemIndex === 'number') told[context.itemIndex] = { words: [message, ...lines].join(' ') };
	for (const [items, words] of failuresIn(lines)) for (const index of items) told[index] = { words };
	for (const [, index, id] of lines.join('\n').matchAll(/\bitem (\d+): (?:CT\d+ )?([0-9a-f]{8}-[0-9a-f-]{27})/g)) {
		told[Number(index)] = { trunk: { id } };
	}
	return told;
}

/** The error of the node; n8n has one of its own for a run that was stopped. */
export function nodeErrorOf({ run }: Scene): NodeError | undefined {
	return run.data.resultData.runData.Crazytel?.[0]?.error as NodeError | undefined;
}

/** What a run says of its items; undefined when it was stopped so that n8n kept nothing of it. */
export function toldOf(scene: Scene, onError: Plot['onError'], count: number): Told[] | undefined {
	const error = nodeErrorOf(scene);
	if (error !== undefined) return errorOf(error, count);
	const isKept = scene.run.data.resultData.runData.Crazytel?.[0]?.data !== undefined;
	return isKept ? outputsOf(scene, onError, count) : undefined;
}

/** Whether the words leave open what came of an item. That one was not sent leaves nothing open. */
export const mayBe = (words: string): boolean =>
	/It is unknown|An earlier try has written it/.test(words) && !words.startsWith('Not sent');

/** Whether the words promise that nothing was written for an item. */
export const isCalledUnsent = (words: string): boolean =>
	/Not sent|Nothing (?:was|is)|canceled/.test(words) && !mayBe(words);
