import { clock } from '../../../nodes/Crazytel/api/clock';
import { createOutage, type Outage } from '../../../nodes/Crazytel/api/outage';

const real = { ...clock };
let now = 0;

beforeEach(() => {
	now = 1_000_000;
	Object.assign(clock, { now: () => now, wait: async (ms: number) => void (now += ms) });
});

afterAll(() => {
	Object.assign(clock, real);
});

/** Requests are told apart by what they are, not by what they hold. */
const [first, second, third] = [{}, {}, {}];

/** Lets a request wait. @returns whether it may be sent by now; moments enough are let pass */
function waiting(outage: Outage, request: object): () => Promise<boolean> {
	let isFree = false;
	void outage.wait(request, false, undefined).then(() => (isFree = true));
	return async () => {
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
		return isFree;
	};
}

test('one asks after five seconds, and the others wait for what it is told', async () => {
	const outage = createOutage();
	const startedAt = now;
	await outage.wait(first, false, undefined);
	expect(now - startedAt).toBe(5_000);

	const isFree = waiting(outage, second);
	expect(await isFree()).toBe(false);
	// Time alone lets nobody through.
	now += 600_000;
	expect(await isFree()).toBe(false);

	const failedAt = now;
	outage.failed(first);
	expect(await isFree()).toBe(true);
	expect(now - failedAt).toBe(10_000);
});

test('who asks may go on asking, e.g. about a thing that is busy', async () => {
	const outage = createOutage();
	await outage.wait(first, false, undefined);
	const askedAt = now;
	await outage.wait(first, false, undefined);
	expect(now).toBe(askedAt);
});

test('when it ends, all go on at once, and nobody waits any more', async () => {
	const outage = createOutage();
	await outage.wait(first, false, undefined);
	const isFree = waiting(outage, second);
	expect(await isFree()).toBe(false);
	const endedAt = now;
	outage.end();
	expect(await isFree()).toBe(true);
	await outage.wait(third, false, undefined);
	expect(now).toBe(endedAt);
	expect(outage.isOver).toBe(false);
});

test('after five that have asked in vain it is over, and nobody waits any more', async () => {
	const outage = createOutage();
	const startedAt = now;
	const asked: number[] = [];
	for (let asking = 0; asking < 5; asking++) {
		expect(outage.isOver).toBe(false);
		const request = {};
		await outage.wait(request, false, undefined);
		asked.push(now - startedAt);
		outage.failed(request);
	}
	expect(asked).toStrictEqual([5_000, 15_000, 35_000, 65_000, 125_000]);
	expect(outage).toMatchObject({ isOver: true, failures: 5 });

	await outage.wait(third, false, undefined);
	expect(now - startedAt).toBe(125_000);
});

test('one that was held before may fail beside the one that asks: it counts, and lets nobody ask sooner', async () => {
	const outage = createOutage();
	await outage.wait(first, false, undefined);
	const isFree = waiting(outage, second);
	outage.failed(third);
	expect(await isFree()).toBe(false);
	expect(outage.failures).toBe(1);
});

test('only when the one that asks is withdrawn does the next one ask, and at once', async () => {
	const outage = createOutage();
	await outage.wait(first, false, undefined);
	const isFree = waiting(outage, second);
	outage.withdrew(third);
	expect(await isFree()).toBe(false);
	const withdrawnAt = now;
	outage.withdrew(first);
	expect(await isFree()).toBe(true);
	expect(now).toBe(withdrawnAt);
});
