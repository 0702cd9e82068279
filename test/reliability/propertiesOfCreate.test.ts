import fc from 'fast-check';

import type { FaultRule, Play, Sandbox } from '../../sandbox';
import type { Scene } from '../engine/scene';
import { LONG, runs } from '../properties';
import {
	act,
	CALM,
	faultsOn,
	FORMS,
	isLate,
	LATEST_MS,
	lostCreates,
	type Plot,
	plots,
	setUpPlots,
	someLate,
	tries,
	ways,
} from './plots';
import { mayBe, nodeErrorOf, toldOf } from './told';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 200 }));

setUpPlots();

describe('creating, whatever goes wrong', () => {
	/** A name that is empty is not sent. */
	type Wish = { name: 'Acme' | 'Other' | ''; enabled: boolean; flaw?: 'caller' | 'area' | 'password' };

	const wishes: fc.Arbitrary<Wish[]> = fc.array(
		fc.record(
			{
				name: fc.constantFrom<Wish['name'][]>('Acme', 'Acme', 'Other', ''),
				enabled: fc.constantFrom(false, false, true),
				flaw: fc.option(fc.constantFrom<NonNullable<Wish['flaw']>[]>('caller', 'area', 'password'), {
					nil: undefined,
					freq: 12,
				}),
			},
			{ requiredKeys: ['name', 'enabled'] },
		),
		{ minLength: 1, maxLength: 6 },
	);

	interface Script {
		plot: Plot;
		items: Wish[];
		checkNumbers: boolean;
		includePassword: boolean;
		/** So many equal trunks were there before. */
		strangers: number;
	}

	function scripts(plot: fc.Arbitrary<Plot>): fc.Arbitrary<Script> {
		return fc.record({
			plot,
			items: wishes,
			checkNumbers: fc.boolean(),
			includePassword: fc.boolean(),
			strangers: fc.integer({ min: 0, max: 2 }),
		});
	}

	const passwordOf = (index: number): string => `Password4Item${index}`;

	/** Every promise about creates, for one run. */
	async function keepsItsWord({ plot, items, checkNumbers, includePassword, strangers }: Script): Promise<void> {
		const rows = items.map(({ name, enabled, flaw }, index) => ({
			name,
			enabled,
			password: flaw === 'password' ? 'short' : passwordOf(index),
			number: flaw === 'caller' ? '61200000000' : '61291234567',
			area: flaw === 'area' ? '99' : '02',
		}));
		const parameters = {
			operation: 'create',
			passwordSource: 'enter',
			password: '={{ $json.password }}',
			callerIdNumber: '={{ $json.number }}',
			trunkDescription: '={{ $json.name }}',
			additionalFields: {
				enabled: '={{ $json.enabled }}',
				areaCode: '={{ $json.area }}',
			},
			options: { checkNumbers, includePassword },
		};
		const equal = { description: 'Acme', enabled: false, area_code: '02', caller_id_number: '61291234567' };
		const check = (sandbox: Sandbox, scene: Scene): void => {
			const trunksOf = (index: number) => sandbox.trunks().filter(({ password }) => password === passwordOf(index));
			for (const index of rows.keys()) expect(trunksOf(index).length).toBeLessThanOrEqual(1);

			const error = nodeErrorOf(scene);
			const told = toldOf(scene, plot.onError, rows.length);
			for (const [index, item] of (told ?? []).entries()) {
				const held = trunksOf(index).map(({ id }) => id);
				if ('trunk' in item) {
					expect({ index, ids: held }).toStrictEqual({ index, ids: [item.trunk.id] });
					if (error === undefined) {
						expect(item.trunk.password).toBe(includePassword ? passwordOf(index) : undefined);
					}
				} else if (item.words.includes('No trace of the trunk was found') && isLate(plot.faults)) {
					expect(item.words).toMatch(
						/Most likely it was not created(?:\. Check the Crazytel portal|, unless .* look at those)/,
					);
				} else if (!mayBe(item.words)) {
					expect({ index, words: item.words, held }).toStrictEqual({ index, words: item.words, held: [] });
				}
			}
			const count = /(\d+) of \d+ items? (?:was|were) written/.exec(error?.message ?? '')?.[1];
			if (count !== undefined) {
				expect(told?.filter((item) => 'trunk' in item)).toHaveLength(Number(count));
			}
			if (/Nothing was written[:.]/.test(`${error?.message} ${error?.description}`)) {
				expect(sandbox.trunks()).toHaveLength(strangers);
			}
		};
		await act(plot, rows, parameters, check, (sandbox) => {
			for (let added = 0; added < strangers; added++) sandbox.addTrunk(equal);
		});
	}

	const faults = (play: fc.Arbitrary<Play>): fc.Arbitrary<FaultRule[]> =>
		fc.oneof(faultsOn(['create', 'create', 'list', 'verified'], play), lostCreates(play));

	test.each(ways(faults))(
		'%s: one trunk an item at most, and what is said of it is true',
		async (_, plot) => {
			await fc.assert(fc.asyncProperty(scripts(plot), keepsItsWord), runs(30));
		},
		LONG,
	);

	test(
		'with writes that land late: one trunk an item at most, and nothing is said to be certain',
		async () => {
			const plot = plots(lostCreates(someLate), { maxTries: tries });
			await fc.assert(fc.asyncProperty(scripts(plot), keepsItsWord), runs(5));
		},
		LONG,
	);

	const acme: Wish = { name: 'Acme', enabled: false };
	/** The first create is lost and cannot be looked up; the second is lost before it is written. */
	const TWO_LOST: FaultRule[] = [
		{ on: 'create', nth: 1, play: 'lostReplyAfter' },
		{ on: 'list', nth: 2, times: 4, play: 'error500Before' },
		{ on: 'create', nth: 2, play: 'lostReplyBefore' },
	];

	async function plays(plot: Partial<Plot>, { items = [acme, acme], checkNumbers = false } = {}): Promise<void> {
		await keepsItsWord({ plot: { ...CALM, ...plot }, items, checkNumbers, includePassword: true, strangers: 0 });
	}

	test('with nothing in the way every item has its trunk', async () => {
		const holds = jest.fn();
		await act(CALM, [{}, {}], { operation: 'create', callerIdNumber: '61291234567' }, (sandbox, scene) => {
			holds(sandbox.trunks().length, toldOf(scene, 'stopWorkflow', 2)?.filter((item) => 'trunk' in item).length);
		});
		expect(holds).toHaveBeenCalledWith(2, 2);
	});

	test('an equal trunk of another item, whose fate is unknown, is not taken', async () => {
		await plays({ onError: 'continueErrorOutput', faults: TWO_LOST });
	});

	test('a trunk of another item, whose fate is unknown, is not taken because it has all of the few settings', async () => {
		await plays({ onError: 'continueErrorOutput', faults: TWO_LOST }, { items: [acme, { ...acme, name: '' }] });
	});

	test('an equal trunk of another item, which landed late, is not taken', async () => {
		await plays({
			onError: 'continueErrorOutput',
			faults: [
				{ on: 'create', nth: 1, play: { slowMs: 300, after: false } },
				{ on: 'create', nth: 2, play: { slowMs: LATEST_MS, after: false } },
			],
		});
	});

	test('when a later try is refused, what an earlier try may have written is told', async () => {
		const faults: FaultRule[] = [
			{ on: 'create', nth: 1, play: 'lostReplyAfter' },
			{ on: 'list', nth: 2, times: 4, play: 'error500Before' },
			{ on: 'verified', nth: 2, play: { status: 401 } },
		];
		await plays({ maxTries: 2, faults }, { checkNumbers: true });
	});

	test('when a later try is refused, the trunks of an earlier try are listed', async () => {
		const faults: FaultRule[] = [
			{ on: 'create', nth: 2, play: { status: 400 } },
			{ on: 'verified', nth: 2, play: { status: 401 } },
		];
		await plays({ maxTries: 2, faults }, { checkNumbers: true });
	});

	test.each(FORMS)(
		'Stop in a later try (%s): of a create whose fate is unknown it is not said that it was not sent',
		async (onError) => {
			const faults: FaultRule[] = [
				{ on: 'create', nth: 1, play: 'lostReplyAfter' },
				{ on: 'create', nth: 2, play: { status: 400 } },
				{ on: 'list', nth: 2, times: 4, play: 'error500Before' },
			];
			for (let stopAtRequest = 6; stopAtRequest <= 20; stopAtRequest++) {
				await plays({ onError, maxTries: 3, faults, stopAtRequest });
			}
		},
	);
});
