import { done, keptOf } from '../../../nodes/Crazytel/run/done';
import { hintOfKeptSecrets } from '../../../nodes/Crazytel/run/keptSecrets';
import type { Done } from '../../../nodes/Crazytel/run/performing';
import { workOf } from '../../../nodes/Crazytel/run/work';
import { makingNamed, operation, others, setting, things } from './things';

const keeping = (id: string, more: Parameters<typeof setting>[2] = {}) =>
	setting(id, {}, { keepsSecrets: 'Make new ones.', ...more });
const keptBy = (id: string, more: Parameters<typeof setting>[2] = {}): Done => done(keeping(id, more), { id }, {});
const hintOf = (...results: Done[]) =>
	hintOfKeptSecrets(
		results.map((result, index) => workOf(index, {}, { value: { operation, plan: setting('a'), done: result } })),
	);

test('things that have kept their secrets are counted, and it is said what to do', () => {
	expect(hintOf(keptBy('a'))).toBe(
		'1 strange thing was there already, and keeps the PIN that it has: the one that was generated for it was not set. Make new ones.',
	);
	expect(hintOf(keptBy('a'), keptBy('b'))).toMatch(
		/^2 strange things were there already, and each keeps the PIN that it has: /,
	);
});

test('all secrets of its kind are named', () => {
	const settings = { ...things.settings, code: { ...things.settings.pin, label: 'Code' } };
	expect(hintOf(keptBy('a', { kind: { ...things, settings } as typeof things }))).toContain(
		'keeps the PIN, Code that it has',
	);
});

test('a thing is counted once, however many items it has had', () => {
	expect(hintOf(keptBy('a'), keptBy('A'), keptBy('b'))).toMatch(/^2 strange things/);
});

test('each kind is told of', () => {
	expect(hintOf(keptBy('a'), keptBy('a', { kind: others }))).toMatch(
		/^1 strange thing was .* Make new ones\. 1 other thing was /,
	);
});

test('also where nothing was sent, because the thing was right', () => {
	expect(hintOf({ output: {}, ...keptOf(keeping('a'), 'a') })).toMatch(/^1 strange thing/);
});

test.each<[string, Done[]]>([
	['that have set them', [done(setting('a'), { id: 'a' }, {})]],
	['whose thing this run has made, in capitals or not', [done(makingNamed('Lamp'), { id: 'A' }, {}), keptBy('a')]],
	['that show the one which an earlier try has set', [keptBy('a', { shown: { pin: 'Made1Pin' } })]],
])('there is no hint of items %s', (_, results) => {
	expect(hintOf(...results)).toBeUndefined();
});

test('there is none of an item that has failed', () => {
	expect(hintOfKeptSecrets([workOf(0, {}, { failure: { message: 'No.' } })])).toBeUndefined();
});
