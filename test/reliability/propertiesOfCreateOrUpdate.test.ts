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
	lostCreates,
	type Plot,
	plots,
	setUpPlots,
	someLate,
	tries,
	ways,
} from './plots';
import { isCalledUnsent, mayBe, nodeErrorOf, toldOf } from './told';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 200 }));

setUpPlots();

describe('Create or Update, whatever goes wrong', () => {
	type Wish = { name: 'Acme' | 'Beta'; enabled: boolean; flaw?: boolean };

	interface Script {
		plot: Plot;
		items: Wish[];
		/** Whether a trunk with the first description is there before. */
		exists: boolean;
		checkNumbers: boolean;
		onlyIfChanged: boolean;
	}

	function scripts(plot: fc.Arbitrary<Plot>): fc.Arbitrary<Script> {
		const wish = fc.record(
			{
				name: fc.constantFrom<Wish['name'][]>('Acme', 'Acme', 'Acme', 'Beta'),
				enabled: fc.boolean(),
				flaw: fc.option(fc.constant(true), { nil: undefined, freq: 12 }),
			},
			{ requiredKeys: ['name', 'enabled'] },
		);
		return fc.record({
			plot,
			items: fc.array(wish, { minLength: 1, maxLength: 5 }),
			exists: fc.boolean(),
			checkNumbers: fc.boolean(),
			onlyIfChanged: fc.boolean(),
		});
	}

	/** Each item has a number of its own, by which it is known who has written a trunk last. */
	const NUMBERS = ['61291234567', '61398765432', '61731234567', '61412345678', '61498765432'];

	const BEFORE = '61870101234';

	const passwordOf = (index: number): string => `Password4Item${index}`;

	/** Every promise about Create or Update, for one run. */
	async function keepsItsWord({ plot, items, exists, checkNumbers, onlyIfChanged }: Script): Promise<void> {
		const rows = items.map(({ name, enabled, flaw = false }, index) => ({
			name,
			enabled,
			number: NUMBERS[index] ?? '',
			area: flaw ? '99' : '02',
			secret: passwordOf(index),
		}));
		const parameters = {
			operation: 'upsert',
			trunkDescription: '={{ $json.name }}',
			passwordSource: 'enter',
			password: '={{ $json.secret }}',
			callerIdNumber: '={{ $json.number }}',
			additionalFields: { enabled: '={{ $json.enabled }}', areaCode: '={{ $json.area }}' },
			options: { checkNumbers, onlyIfChanged, includePassword: true },
		};
		const check = (sandbox: Sandbox, scene: Scene): void => {
			const trunks = sandbox.trunks();
			expect(trunks.length).toBe(new Set(trunks.map(({ description }) => description)).size);
			const told = toldOf(scene, plot.onError, rows.length);
			if (told === undefined) return;
			const error = nodeErrorOf(scene);
			for (const [index, item] of told.entries()) {
				const trunk = trunks.find(({ description }) => description === rows[index]?.name);
				if ('trunk' in item) {
					expect({ index, id: trunk?.id }).toStrictEqual({ index, id: item.trunk.id });
					// The one that has made the trunk, and no other one, shows its password.
					if (error === undefined) {
						expect(item.trunk.password).toBe(trunk?.password === passwordOf(index) ? trunk.password : undefined);
					}
				} else if (!mayBe(item.words) && !(item.words.includes('No trace') && isLate(plot.faults))) {
					expect({ index, words: item.words, password: trunk?.password }).not.toMatchObject({
						password: passwordOf(index),
					});
				}
			}
			for (const { description, caller_id_number, enabled, password } of trunks) {
				const steps = [...rows.keys()].filter((step) => rows[step]?.name === description);
				// The last one that is said to be done counts, or one after it that may have been.
				let possible = exists && description === 'Acme' ? [BEFORE] : [];
				for (const step of steps) {
					const item = told[step];
					const number = NUMBERS[step] ?? '';
					if (item !== undefined && 'trunk' in item) possible = [number];
					else if (item !== undefined && !isCalledUnsent(item.words)) possible.push(number);
				}
				if (isLate(plot.faults)) possible.push(...steps.map((step) => NUMBERS[step] ?? ''));
				const words = steps.map((step) => ({ step, ...told[step] }));
				expect({ words, possible: [...new Set([...possible, caller_id_number])] }).toStrictEqual({
					words,
					possible: [...new Set(possible)],
				});
				// Nothing is half done, and the password of a trunk that was there is left alone.
				if (caller_id_number !== BEFORE) expect(enabled).toBe(rows[NUMBERS.indexOf(caller_id_number)]?.enabled);
				if (exists && description === 'Acme') expect(password).toBe('Before1Pass');
			}
			const count = /(\d+) of \d+ items? (?:was|were) written/.exec(error?.message ?? '')?.[1];
			if (count !== undefined) expect(told.filter((item) => 'trunk' in item)).toHaveLength(Number(count));
		};
		await act(plot, rows, parameters, check, (sandbox) => {
			if (exists)
				sandbox.addTrunk({ description: 'Acme', caller_id_number: BEFORE, password: 'Before1Pass', area_code: '02' });
		});
	}

	const faults = (play: fc.Arbitrary<Play>): fc.Arbitrary<FaultRule[]> =>
		fc.oneof(faultsOn(['create', 'create', 'update', 'update', 'list', 'verified'], play), lostCreates(play));

	test.each(ways(faults))(
		'%s: one trunk a description, as the last item that was done has left it, and what is said is true',
		async (_, plot) => {
			await fc.assert(fc.asyncProperty(scripts(plot), keepsItsWord), runs(30));
		},
		LONG,
	);

	test(
		'with writes that land late: one trunk a description',
		async () => {
			const plot = plots(lostCreates(someLate), { maxTries: tries });
			await fc.assert(fc.asyncProperty(scripts(plot), keepsItsWord), runs(5));
		},
		LONG,
	);

	const calm = { exists: true, checkNumbers: false, onlyIfChanged: false };
	const acme: Wish = { name: 'Acme', enabled: false };

	test.each(FORMS)(
		'a change that may have been made is not called unwritten when a later try is stopped as it reads the list (%s)',
		async (onError) => {
			const faults: FaultRule[] = [{ on: 'update', play: 'lostReplyAfter' }];
			await keepsItsWord({ ...calm, plot: { ...CALM, onError, maxTries: 2, stopAtWait: 1, faults }, items: [acme] });
		},
	);

	test.each(FORMS)(
		'a change that may have been made is not called unwritten when a later try cannot read the list (%s)',
		async (onError) => {
			const faults: FaultRule[] = [
				{ on: 'update', times: 4, play: 'error500After' },
				{ on: 'list', nth: 2, times: 9, play: 'limited' },
			];
			await keepsItsWord({ ...calm, plot: { ...CALM, onError, maxTries: 2, faults }, items: [acme] });
		},
	);
});
