/* eslint-disable @n8n/community-nodes/no-restricted-globals -- work that takes a turn of the event loop */
import { inLanes } from '../../../nodes/Crazytel/run/lanes';

const never = (): boolean => false;

const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
	test('no items are no work', async () => {
		const work = jest.fn(async () => {});
		await inLanes([], work, never);
		expect(work).not.toHaveBeenCalled();
	});

	test('every item is worked on once', async () => {
		const done: number[] = [];
		const laneOf = Array.from({ length: 100 }, (_, index) => `lane ${index % 7}`);
		await inLanes(laneOf, async (index) => void done.push(index), never);
		expect(done.sort((a, b) => a - b)).toStrictEqual([...laneOf.keys()]);
	});

	test('items of different lanes are begun in the order of the input', async () => {
		const begun: number[] = [];
		const laneOf = Array.from({ length: 50 }, (_, index) => String(index));
		await inLanes(
			laneOf,
			async (index) => {
				begun.push(index);
				await turn();
			},
			never,
		);
		expect(begun).toStrictEqual([...laneOf.keys()]);
	});

	test('ten are under way at once, where there are as many lanes, and never more', async () => {
		let underWay = 0;
		let most = 0;
		const work = async (index: number): Promise<void> => {
			most = Math.max(most, ++underWay);
			for (let rest = index % 3; rest >= 0; rest--) await turn();
			underWay--;
		};
		await inLanes(
			Array.from({ length: 60 }, (_, index) => `lane ${index % 30}`),
			work,
			never,
		);
		expect(most).toBe(10);
		expect(underWay).toBe(0);
	});

	test('the items of one lane go one after the other, in the order of the input', async () => {
		const laneOf = Array.from({ length: 90 }, (_, index) => `lane ${(index * index) % 4}`);
		const done = new Map<string, number[]>();
		const busy = new Set<string>();
		const work = async (index: number): Promise<void> => {
			const lane = laneOf[index] ?? '';
			expect(busy.has(lane)).toBe(false);
			busy.add(lane);
			// The later an item, the quicker it is.
			for (let rest = 0; rest < 90 - index; rest += 20) await turn();
			busy.delete(lane);
			done.set(lane, [...(done.get(lane) ?? []), index]);
		};
		await inLanes(laneOf, work, never);
		for (const indexes of done.values()) expect(indexes).toStrictEqual([...indexes].sort((a, b) => a - b));
		expect([...done.values()].flat()).toHaveLength(90);
	});

	test('a slow lane holds up no other one', async () => {
		let release = (): void => {};
		const slow = new Promise<void>((resolve) => (release = resolve));
		const done: number[] = [];
		const laneOf = ['slow', 'slow', ...Array.from({ length: 40 }, (_, index) => `lane ${index}`)];
		const work = async (index: number): Promise<void> => {
			if (index === 0) await slow;
			done.push(index);
			if (done.length === 40) release();
		};
		await inLanes(laneOf, work, never);
		expect(done.slice(-2)).toStrictEqual([0, 1]);
	});

	test('names that objects have by nature are lanes like any other', async () => {
		const done: number[] = [];
		await inLanes(['__proto__', 'constructor', '__proto__', ''], async (index) => void done.push(index), never);
		expect(done.sort()).toStrictEqual([0, 1, 2, 3]);
	});
});

describe('once it is over', () => {
	test('no further item is begun, and those under way are waited for', async () => {
		const begun: number[] = [];
		const ended: number[] = [];
		let isOver = false;
		const work = async (index: number): Promise<void> => {
			begun.push(index);
			await turn();
			if (index === 4) isOver = true;
			await turn();
			ended.push(index);
		};
		await inLanes(
			Array.from({ length: 100 }, (_, index) => String(index)),
			work,
			() => isOver,
		);
		expect(begun).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(ended).toStrictEqual(begun);
	});

	test('the rest of a lane is not begun either', async () => {
		const begun: number[] = [];
		await inLanes(
			['one', 'one', 'one'],
			async (index) => void begun.push(index),
			() => begun.length === 2,
		);
		expect(begun).toStrictEqual([0, 1]);
	});

	test('before it began, nothing is done', async () => {
		const work = jest.fn(async () => {});
		await inLanes(['one', 'two'], work, () => true);
		expect(work).not.toHaveBeenCalled();
	});
});

test.each([
	['each in a lane of its own', (index: number) => String(index)],
	['all in one lane', () => 'one'],
	['two to a lane, far apart', (index: number) => String(index % 5_000)],
])('10,000 items, %s: as much to do for each one as in a small run', async (_, laneOf) => {
	const work = jest.fn(async () => {});
	const isOver = jest.fn(never);
	await inLanes(
		Array.from({ length: 10_000 }, (__, index) => laneOf(index)),
		work,
		isOver,
	);
	expect(work).toHaveBeenCalledTimes(10_000);
	expect(isOver.mock.calls.length).toBeLessThanOrEqual(10_000 + 10);
});
