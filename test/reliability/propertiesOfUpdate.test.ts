import fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import type { FaultRule, Play, Sandbox } from '../../sandbox';
import type { Scene } from '../engine/scene';
import { LONG, runs } from '../properties';
import { act, CALM, faultsOn, FORMS, isLate, type Plot, plots, setUpPlots, someLate, tries, ways } from './plots';
import { isCalledUnsent, nodeErrorOf, toldOf } from './told';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 200 }));

setUpPlots();

describe('updating, whatever goes wrong', () => {
	type Change = { trunk: number; enabled: boolean };

	interface Script {
		plot: Plot;
		items: Change[];
	}

	function scripts(plot: fc.Arbitrary<Plot>): fc.Arbitrary<Script> {
		const change = fc.record({ trunk: fc.constantFrom(0, 0, 1, 2), enabled: fc.boolean() });
		return fc.record({ plot, items: fc.array(change, { minLength: 1, maxLength: 6 }) });
	}

	/** Every promise about updates, for one run. */
	async function keepsItsWord({ plot, items }: Script): Promise<void> {
		const ids = [0, 1, 2].map((trunk) => `00000000-0000-4000-8000-00000000000${trunk}`);
		const rows = items.map(({ trunk, enabled }, step) => ({ id: ids[trunk] ?? '', enabled, step }));
		const parameters = {
			operation: 'update',
			trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			updateFields: { description: '=Step {{ $json.step }}', enabled: '={{ $json.enabled }}' },
		};
		const check = (sandbox: Sandbox, scene: Scene): void => {
			expect(sandbox.trunks()).toHaveLength(3);
			const told = toldOf(scene, plot.onError, rows.length);
			if (told === undefined) return;
			for (const { id, description, enabled } of sandbox.trunks()) {
				const steps = [...rows.keys()].filter((step) => rows[step]?.id === id);
				for (const step of steps) {
					const item = told[step];
					if (item !== undefined && 'trunk' in item) expect(item.trunk.id).toBe(id);
				}
				// The last one that is said to be done counts, or one after it that failed without being called unsent.
				let possible = ['Before'];
				for (const step of steps) {
					const item = told[step];
					if (item !== undefined && 'trunk' in item) possible = [`Step ${step}`];
					else if (item !== undefined && !isCalledUnsent(item.words)) possible.push(`Step ${step}`);
				}
				if (isLate(plot.faults)) possible.push(...steps.map((step) => `Step ${step}`));
				const words = steps.map((step) => ({ step, ...told[step] }));
				expect({ words, possible: [...new Set([...possible, description])] }).toStrictEqual({
					words,
					possible: [...new Set(possible)],
				});
				if (description !== 'Before') {
					expect(enabled).toBe(rows[Number(description?.slice('Step '.length))]?.enabled);
				}
			}
		};
		await act(plot, rows, parameters, check, (sandbox) => {
			for (const id of ids) sandbox.addTrunk({ id, description: 'Before' });
		});
	}

	const faults = (play: fc.Arbitrary<Play>): fc.Arbitrary<FaultRule[]> => faultsOn(['update'], play);

	test.each(ways(faults))(
		'%s: each trunk ends as the last change that was done has left it',
		async (_, plot) => {
			await fc.assert(fc.asyncProperty(scripts(plot), keepsItsWord), runs(20));
		},
		LONG,
	);

	test(
		'with writes that land late: only such a one may undo what was done after it',
		async () => {
			const plot = plots(faults(someLate), { maxTries: tries });
			await fc.assert(fc.asyncProperty(scripts(plot), keepsItsWord), runs(5));
		},
		LONG,
	);

	const FIRST_ID = '00000000-0000-4000-8000-000000000000';

	const twice: Change[] = [
		{ trunk: 0, enabled: false },
		{ trunk: 0, enabled: true },
	];

	test.each(FORMS)(
		'two changes of one trunk keep their order when the first one is done in a later try (%s)',
		async (onError) => {
			const faults: FaultRule[] = [{ on: 'update', play: { status: 400 } }];
			await keepsItsWord({ plot: { ...CALM, onError, maxTries: 2, faults }, items: twice });
		},
	);

	test('a change that may have been made is not called unwritten when the limit is reached as it is sent again', async () => {
		await keepsItsWord({
			plot: {
				...CALM,
				faults: [
					{ on: 'update', play: 'lostReplyAfter' },
					{ on: 'update', nth: 2, times: 5, play: 'limited' },
				],
			},
			items: [{ trunk: 0, enabled: false }],
		});
	});

	test('a change that may have been made is not called unsent when nobody answers as it is sent again', async () => {
		const item: Change = { trunk: 0, enabled: false };
		const after = (sandbox: Sandbox, scene: Scene): void => {
			expect(sandbox.trunks()[0]?.enabled).toBe(false);
			expect(nodeErrorOf(scene)?.message).not.toContain('Nothing was sent');
		};
		let shut = async (): Promise<void> => {};
		const plot: Plot = { ...CALM, faults: [{ on: 'update', play: 'error500After' }] };
		const parameters = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: FIRST_ID } };
		await act(
			plot,
			[{ ...item }],
			parameters,
			after,
			(sandbox) => {
				sandbox.addTrunk({ id: FIRST_ID, enabled: true });
				shut = async () => {
					// The node may have stopped waiting before the sandbox came to it, on a busy machine.
					while (sandbox.trunks()[0]?.enabled) await sleep(5);
					await sandbox.refuse();
				};
			},
			async () => await shut(),
		);
	});

	test('a change that may have been made is not called unsent when the service is given up', async () => {
		await keepsItsWord({
			plot: {
				...CALM,
				onError: 'continueErrorOutput',
				faults: [{ on: 'update', times: 24, play: 'error500After' }],
			},
			items: Array.from({ length: 6 }, (_, trunk) => ({ trunk: trunk % 3, enabled: false })),
		});
	});

	test.each(FORMS)(
		'a change that may have been made in an earlier try is not called unsent when a later one is stopped (%s)',
		async (onError) => {
			await keepsItsWord({
				plot: { ...CALM, onError, maxTries: 2, stopAtRequest: 1, faults: [{ on: 'update', play: 'lostReplyAfter' }] },
				items: [{ trunk: 0, enabled: false }],
			});
		},
	);

	test('a change that may have been made is not called unsent when Stop is pressed before it is sent again', async () => {
		await keepsItsWord({
			plot: {
				...CALM,
				onError: 'continueErrorOutput',
				stopAtWait: 1,
				faults: [{ on: 'update', play: 'error500After' }],
			},
			items: [{ trunk: 0, enabled: false }],
		});
	});
});
