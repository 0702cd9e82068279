/** So many requests are under way at once. */
const AT_ONCE = 10;

/**
 * Works through items side by side, except that those of one lane keep their order.
 *
 * @param laneOf the lane of each item, by the item's index
 * @param work is not called any more once `isOver` says so; never rejects
 */
export async function inLanes(
	laneOf: string[],
	work: (index: number) => Promise<void>,
	isOver: () => boolean,
): Promise<void> {
	const lanes = new Map<string, number[]>();
	for (const [index, lane] of laneOf.entries()) {
		const items = lanes.get(lane);
		if (items === undefined) lanes.set(lane, [index]);
		else items.push(index);
	}
	const waiting = [...lanes.values()];
	let next = 0;
	const worker = async (): Promise<void> => {
		for (let lane = waiting[next++]; lane !== undefined; lane = waiting[next++]) {
			for (const index of lane) {
				if (isOver()) return;
				await work(index);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, worker));
}
