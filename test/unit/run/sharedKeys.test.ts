import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Plan } from '../../../nodes/Crazytel/run/plan';
import { hintOfSharedKeys } from '../../../nodes/Crazytel/run/sharedKeys';
import { type Work, workOf } from '../../../nodes/Crazytel/run/work';
import {
	acting,
	asking,
	failed,
	giving,
	making,
	makingNamed,
	named,
	operation,
	removing,
	setting,
	others,
} from './things';

const memory: Memory = {};
const refusal = { failure: { message: 'No.' }, cause: failed('refused') };

/** An item that was done. */
const doneWith = (index: number, plan: Plan): Work =>
	workOf(index, memory, { value: { operation, plan, done: { output: {} } } });
/** An item that has failed. */
const failedWith = (index: number, plan: Plan): Work => ({ ...doneWith(index, plan), outcome: refusal });

const hintOf = (...plans: Plan[]) => hintOfSharedKeys(plans.map((plan, index) => doneWith(index, plan)));

const painting = (name: string, id = 'a') => setting(id, {}, { known: named(name) });

describe('there is no hint', () => {
	test.each<[string, Plan[]]>([
		['of no items', []],
		['of one', [makingNamed('Lamp')]],
		['of items with a key each', [makingNamed('Lamp'), makingNamed('Chair'), painting('Table')]],
		['of items that are known by none', [making(), making(), setting('a'), setting('a')]],
		['of one key in two kinds', [makingNamed('Lamp'), makingNamed('Lamp', {}, { kind: others })]],
		[
			'of what is only read, removed or done',
			[giving(), giving(), asking(), asking(), removing('a'), removing('a'), acting(), acting()],
		],
		['of a dry run', [makingNamed('Lamp', {}, { isDryRun: true }), makingNamed('Lamp', {}, { isDryRun: true })]],
		['of one key that stands on two things', [painting('Lamp', 'a'), painting('Lamp', 'b')]],
		['of one beside a dry run', [makingNamed('Lamp'), makingNamed('Lamp', {}, { isDryRun: true })]],
	])('%s', (_, plans) => {
		expect(hintOf(...plans)).toBeUndefined();
	});

	test('of items that could not be prepared', () => {
		expect(
			hintOfSharedKeys([workOf(0, memory, refusal), workOf(1, memory, refusal), doneWith(2, makingNamed('Lamp'))]),
		).toBeUndefined();
	});
});

test('items with one key are counted, and the values of the last one stand', () => {
	expect(hintOf(makingNamed('Lamp'), makingNamed('Chair'), painting('Lamp'))).toBe(
		"2 items have the Name 'Lamp' and are about one strange thing: where they differ, the values of item 2 stand. Items are counted from 0.",
	);
});

test('keys that look the same are one, and the first one is told', () => {
	expect(hintOf(makingNamed('Lamps & Co'), makingNamed('Lamps  &amp; Co'))).toMatch(
		/^2 items have the Name 'Lamps & Co'/,
	);
});

test('the values that stand are those of the last one that was done', () => {
	const plans = [makingNamed('Lamp'), painting('Lamp'), painting('Lamp')];
	const works = [doneWith(3, plans[0]!), doneWith(5, plans[1]!), failedWith(7, plans[2]!)];
	expect(hintOfSharedKeys(works)).toContain(
		"3 items have the Name 'Lamp' and are about one strange thing: where they differ, the values of item 5 stand.",
	);
});

test('where none was done, that is said', () => {
	expect(hintOfSharedKeys([0, 1].map((index) => failedWith(index, makingNamed('Lamp'))))).toBe(
		"2 items have the Name 'Lamp' and are about one strange thing: none of them was done. Items are counted from 0.",
	);
});

test('a key that is no setting is called by its own name', () => {
	const known = { key: 'serial', value: 'S1' };
	expect(hintOf(setting('a', {}, { known }), setting('a', {}, { known }))).toMatch(/^2 items have the serial 'S1'/);
});

test('of several keys each has its sentence', () => {
	expect(hintOf(...['Lamp', 'Lamp', 'Chair', 'Chair'].map((name) => makingNamed(name)))).toBe(
		"2 items have the Name 'Lamp' and are about one strange thing: where they differ, the values of item 1 stand. 2 items have the Name 'Chair' and are about one strange thing: where they differ, the values of item 3 stand. Items are counted from 0.",
	);
});

test('five keys are told, in the order of the items, and the others are counted', () => {
	const twice = (count: number) =>
		Array.from({ length: count }, (_, index) => makingNamed(`Lamp ${index}`)).flatMap((plan) => [plan, plan]);
	expect(hintOf(...twice(5))).toMatch(/'Lamp 0'.*'Lamp 4'.* the values of item 9 stand\. Items are counted from 0\.$/);
	const hint = hintOf(...twice(7));
	expect(hint).toMatch(/'Lamp 4'.* So it is with 2 more\. Items are counted from 0\.$/);
	expect(hint).not.toContain('Lamp 5');
});
