import { hintOfBeside } from '../../../nodes/Crazytel/run/beside';
import type { Plan } from '../../../nodes/Crazytel/run/plan';
import { type Work, workOf } from '../../../nodes/Crazytel/run/work';
import { failed, making, named, operation, others, setting } from './things';

const beside = (value: string, names: string) => ({ ...named(value), names, cure: 'Paint that one.' });
const doneWith = (plan: Plan, index = 0): Work =>
	workOf(index, {}, { value: { operation, plan, done: { output: {} } } });
const hintOf = (...plans: Plan[]) => hintOfBeside(plans.map(doneWith));
const twin = (value = 'Lamp', names = 'S1', more: Parameters<typeof making>[1] = {}) =>
	making({ name: value }, { beside: beside(value, names), ...more });

test('a thing that was made beside one like it is told of, with what to do', () => {
	expect(hintOf(making(), twin(), setting('a'))).toBe(
		"For 1 item there was a strange thing with the same Name already, and another one was created: 'Lamp' (S1). Paint that one.",
	);
});

test('a key that is no setting is called as the API calls it', () => {
	const plan = making({}, { beside: { ...beside('S1', 'a-1'), key: 'serial' } });
	expect(hintOf(plan)).toContain('with the same serial already');
});

test('several are told of in one hint, those of one name once, and five at most', () => {
	expect(hintOf(twin(), twin(), twin('Chair', 'S2, S3'))).toMatch(
		/^For 3 items there was .* created: 'Lamp' \(S1\), 'Chair' \(S2, S3\)\. Paint/,
	);
	const many = Array.from({ length: 300 }, (_, index) => twin(`Lamp ${index}`, `S${index}`));
	expect(hintOf(...many)).toMatch(/^For 300 items .*'Lamp 4' \(S4\) and 295 more\. Paint that one\.$/);
	expect(hintOf(...many.slice(0, 5))).toMatch(/^For 5 items .*'Lamp 3' \(S3\), 'Lamp 4' \(S4\)\. Paint that one\.$/);
});

test('those of one run with a key that ignores the case of letters are alike however it is written', () => {
	const alone = (value: string, key: string) => making({}, { beside: { ...beside(value, ''), key } });
	expect(hintOf(alone('s-1', 'serial'), alone('S-1', 'serial'))).toContain("created: 'S-1' (that of item 0). Paint");
	expect(hintOf(alone('lamp', 'name'), alone('Lamp', 'name'))).toBeUndefined();
});

test('those of one run are told apart by the first item that has the name', () => {
	const alone = (value: string) => twin(value, '');
	expect(hintOf(alone('Lamp'), alone('Chair'), setting('a'))).toBeUndefined();
	expect(hintOf(alone('Lamp'), alone('Chair'), alone('Lamp'), alone(' Lamp'))).toMatch(
		/^For 2 items there was .* created: 'Lamp' \(that of item 0\), ' Lamp' \(that of item 0\)\. Paint/,
	);
	expect(hintOf(twin(), alone('Chair'), twin())).toContain("created: 'Lamp' (S1). Paint");
	expect(hintOf(alone('Lamp'), twin('Lamp', '', { kind: others }))).toBeUndefined();
});

test('a dry run says what would be', () => {
	expect(hintOf(twin('Lamp', 'S1', { isDryRun: true }))).toContain('and another one would be created');
});

test('each kind is told of, and a name that is long or has control characters is shown as in errors', () => {
	expect(hintOf(twin(), twin('Lamp', 'S1', { kind: others }))).toMatch(
		/^For 1 item there was a strange thing .* For 1 item there was a other thing /,
	);
	expect(hintOf(twin(`${'x'.repeat(50)}`))).toContain(`'${'x'.repeat(40)}…' (S1)`);
});

test('there is no hint of items that have failed, or were made beside nothing', () => {
	expect(hintOf(making(), setting('a'))).toBeUndefined();
	expect(
		hintOfBeside([{ ...doneWith(twin()), outcome: { failure: { message: 'No.' }, cause: failed('refused') } }]),
	).toBeUndefined();
	expect(hintOfBeside([workOf(0, {}, { failure: { message: 'No.' } })])).toBeUndefined();
	expect(hintOf()).toBeUndefined();
});
