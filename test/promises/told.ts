import type { IDataObject } from 'n8n-workflow';

import { failuresIn, mayBe, nodeErrorOf } from '../reliability/told';
import { linesOf, type Scene } from '../engine/scene';
import type { Example, Server } from './example';

/** What a run says of one of its items. */
export type Told =
	/** Done, with these outputs; a report that takes the place of the outputs only says that it was written. */
	| { gave: IDataObject[] | 'written' }
	/** Not done, or who knows, with these words. */
	| { words: string };

/** What a run says of each item. What the error of a run that was stopped does not name was not written. */
export function toldOf(scene: Scene, count: number): Told[] {
	const error = nodeErrorOf(scene);
	if (error === undefined) return outputsOf(scene, count);
	const { message, description, context } = error;
	const told = Array.from({ length: count }, (): Told => ({ words: 'Nothing is said of this item.' }));
	const lines = linesOf(description);
	if (typeof context?.itemIndex === 'number' && !message.startsWith('The execution was canceled. ')) {
		told[context.itemIndex] = { words: [message, ...lines].join(' ') };
	}
	for (const [items, words] of failuresIn(lines)) for (const index of items) told[index] = { words };
	for (const line of lines) {
		const [, index] = /^item (\d+): /.exec(line) ?? [];
		if (index !== undefined) told[Number(index)] = { gave: 'written' };
	}
	return told;
}

function outputsOf({ run }: Scene, count: number): Told[] {
	const branches = run.data.resultData.runData.Crazytel?.[0]?.data?.main ?? [];
	const outputs = branches.flatMap((items) => items ?? []);
	return Array.from({ length: count }, (_, index): Told => {
		const own = outputs
			.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index)
			.map(({ json }) => json);
		const [first] = own;
		// A secret that may be in effect is shown, with the words that it only may be.
		const words = first?.error ?? first?.warning;
		return typeof words === 'string' ? { words } : { gave: own };
	});
}

/**
 * What is told is true: what is called done is done and shown as it is, and what is done and not called so is
 * at least left open.
 */
export function expectTruth(
	example: Example<Server>,
	account: Server,
	told: Told[],
	items = example.items.slice(),
): void {
	for (const [index, item] of items.entries()) {
		const one = told[index];
		const isDone = example.effect === 'read' || example.isDone(item, account);
		if (one === undefined || 'words' in one) {
			if (example.effect !== 'read' && !mayBe(one?.words ?? '')) expect([one, isDone]).toStrictEqual([one, false]);
		} else {
			expect([one, isDone]).toStrictEqual([one, true]);
			if (one.gave !== 'written') expect(one.gave).toMatchObject(example.gives(item, account));
		}
	}
}
