import { clock } from '../../../nodes/Crazytel/api/clock';
import { LAG_MS } from '../../../nodes/Crazytel/run/lag';
import {
	ledgerOf,
	madeSince,
	nextMoment,
	noteMade,
	noteOpen,
	oneAfterTheOther,
	openLately,
	openSince,
	openWith,
	wasMadeByOther,
} from '../../../nodes/Crazytel/run/ledger';
import { making, obtaining, others, things } from './things';

const HOUR_MS = 3_600_000;

let accounts = 0;
const newLedger = () => ledgerOf(`account ${++accounts}`, things);
const planOf = (name: string) => making({ name, pin: 'Secret1Pin' });

test('an account has one ledger for each kind, and no other account has it', () => {
	expect(ledgerOf('one', things)).toBe(ledgerOf('one', { name: 'thing' }));
	expect(ledgerOf('one', things)).not.toBe(ledgerOf('two', things));
	expect(ledgerOf('one', things)).not.toBe(ledgerOf('one', others));
	expect(ledgerOf('__proto__', things)).toBe(ledgerOf('__proto__', things));
});

test('a thing that was made is known by what was sent, to those that asked for the list before', () => {
	const ledger = newLedger();
	const before = nextMoment();
	noteMade(ledger, planOf('Acme'), { id: 'a', name: 'As the server has it' });
	const after = nextMoment();

	expect(madeSince(ledger, before, ({ name }) => name === 'Acme')).toEqual(['a']);
	expect(madeSince(ledger, before, ({ name }) => name === 'Other')).toEqual([]);
	expect(madeSince(ledger, after, ({ name }) => name === 'Acme')).toEqual([]);
});

test('no secret is remembered of a thing that was made', () => {
	const ledger = newLedger();
	const before = nextMoment();
	noteMade(ledger, planOf('Acme'), { id: 'a' });
	expect(madeSince(ledger, before, ({ pin }) => pin !== undefined)).toEqual([]);
	expect(JSON.stringify([...ledger.made])).not.toContain('Secret1Pin');
});

test('a make in doubt is open, without its secrets, until its thing is known', () => {
	const ledger = newLedger();
	const plan = planOf('Acme');
	const before = nextMoment();
	noteOpen(ledger, plan);

	expect(openSince(ledger, before)).toStrictEqual([{ name: 'Acme' }]);
	expect([...ledger.open.values()]).toStrictEqual([{ at: expect.any(Number) as number, values: { name: 'Acme' } }]);
	expect(openSince(ledger, before, plan)).toEqual([]);
	expect(openSince(ledger, nextMoment())).toEqual([]);
	noteMade(ledger, plan, { id: 'a' });
	expect(openSince(ledger, before)).toEqual([]);
});

test('a make that is noted again is open once, and to those that have asked for the list since', () => {
	const ledger = newLedger();
	const plan = planOf('Acme');
	noteOpen(ledger, plan);
	const since = nextMoment();
	noteOpen(ledger, plan);

	expect(openSince(ledger, since)).toHaveLength(1);
	expect(ledger.open.size).toBe(1);
	noteMade(ledger, plan, { id: 'a' });
	expect(ledger.open.size).toBe(0);
});

describe('of what goes by an id', () => {
	test('the youngest make in doubt is told, and none of another id', () => {
		const ledger = newLedger();
		const plans = [obtaining(), obtaining(), obtaining({ id: 'chair' })];
		for (const plan of plans) noteOpen(ledger, plan);
		noteOpen(ledger, planOf('lamp'));
		const [, second, third] = [...ledger.open.keys()];
		expect(openWith(ledger, 'lamp')?.moment).toBe(second);
		expect(openWith(ledger, 'chair')?.moment).toBe(third);
		expect(openWith(ledger, 'table')).toBeUndefined();
	});

	test('it is known whether another plan has made it since a plan was sent', () => {
		const ledger = newLedger();
		const [one, other, never] = [obtaining({ id: 'Lamp' }), obtaining(), obtaining()];
		noteOpen(ledger, one);
		expect(wasMadeByOther(ledger, one)).toBe(false);
		noteMade(ledger, other, { id: 'lamp' });
		expect(wasMadeByOther(ledger, one)).toBe(true);
		expect(wasMadeByOther(ledger, never)).toBe(false);
		noteOpen(ledger, one);
		expect(wasMadeByOther(ledger, one)).toBe(false);
	});
});

test('it is in use for an hour after it was last asked for', () => {
	const real = clock.now;
	let now = 5_000_000;
	clock.now = () => now;
	try {
		const ledger = newLedger();
		now += HOUR_MS;
		expect(ledger.isInUse).toBe(true);
		now += 1;
		expect(ledger.isInUse).toBe(false);
	} finally {
		clock.now = real;
	}
});

describe('a make in doubt that was sent lately', () => {
	const real = { ...clock };
	let now = 0;

	beforeEach(() => {
		now = 1_000;
		Object.assign(clock, { now: () => now });
	});

	afterEach(() => {
		Object.assign(clock, real);
	});

	test('is told for two minutes, as long as a list may not show its thing', () => {
		const ledger = newLedger();
		noteOpen(ledger, planOf('Acme'));
		now += LAG_MS;
		noteOpen(ledger, planOf('Other'));
		expect(openLately(ledger)).toEqual([{ name: 'Acme' }, { name: 'Other' }]);
		now += 1;
		expect(openLately(ledger)).toEqual([{ name: 'Other' }]);
		// To those that have asked for the list before, it is open still.
		expect(openSince(ledger, 0)).toHaveLength(2);
	});

	test('is told for two minutes more where it is noted again', () => {
		const ledger = newLedger();
		const plan = planOf('Acme');
		noteOpen(ledger, plan);
		now += LAG_MS;
		noteOpen(ledger, plan);
		now += LAG_MS;
		expect(openLately(ledger)).toEqual([{ name: 'Acme' }]);
	});

	test('is told no more once its thing is known', () => {
		const ledger = newLedger();
		const plan = planOf('Acme');
		noteOpen(ledger, plan);
		noteMade(ledger, plan, { id: 'a' });
		expect(openLately(ledger)).toEqual([]);
	});
});

test('what is remembered has a bound: the oldest are forgotten', () => {
	const ledger = newLedger();
	for (let index = 0; index < 10_001; index++) noteMade(ledger, planOf(`Made ${index}`), { id: `id-${index}` });
	for (let index = 0; index < 1_001; index++) noteOpen(ledger, planOf(`Open ${index}`));

	expect(ledger.made.size).toBe(10_000);
	expect(ledger.made.has('id-0')).toBe(false);
	expect(openSince(ledger, 0)).toHaveLength(1_000);
	expect(openSince(ledger, 0)[0]).toMatchObject({ name: 'Open 1' });
});

describe('one after the other', () => {
	test('in the order of arrival, also after one that has failed', async () => {
		const ledger = newLedger();
		const steps: string[] = [];
		const turn = async (name: string, fails = false): Promise<void> =>
			await oneAfterTheOther(ledger, undefined, async () => {
				steps.push(`${name} begins`);
				await Promise.resolve();
				steps.push(`${name} ends`);
				if (fails) throw new Error(name);
			});
		const ends = await Promise.allSettled([turn('first', true), turn('second'), turn('third')]);

		expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
		expect(steps).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
	});

	test('one that is stopped in line does nothing, and those behind it have their turn', async () => {
		const ledger = newLedger();
		const stop = new AbortController();
		let release = (): void => {};
		const first = oneAfterTheOther(
			ledger,
			undefined,
			async () => await new Promise<void>((resolve) => (release = resolve)),
		);
		const action = jest.fn(async () => {});
		const second = oneAfterTheOther(ledger, stop.signal, action).catch((error: Error) => error.name);
		const third = oneAfterTheOther(ledger, undefined, async () => 'done');
		stop.abort();

		expect(await second).toBe('Stopped');
		release();
		await first;
		expect(await third).toBe('done');
		expect(action).not.toHaveBeenCalled();
	});
});
