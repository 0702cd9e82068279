import fc from 'fast-check';

import type { FaultRule, Play, Sandbox } from '../../sandbox';
import type { Scene } from '../engine/scene';
import { LONG, runs } from '../properties';
import { act, CALM, faultsOn, type Plot, plots, setUpPlots, tries, ways } from './plots';
import { mayBe, nodeErrorOf, toldOf } from './told';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 200 }));

setUpPlots();

describe('sending SMS, whatever goes wrong', () => {
	/** Some go to one number, some are equal. */
	type Wish = { to: string; text: string; flaw?: 'to' | 'text' };

	const wishes: fc.Arbitrary<Wish[]> = fc.array(
		fc.record(
			{
				to: fc.constantFrom('0412 000 001', '+61412000001', '0412 000 002'),
				text: fc.constantFrom('Hello', 'Bye'),
				flaw: fc.option(fc.constantFrom<NonNullable<Wish['flaw']>[]>('to', 'text'), { nil: undefined, freq: 12 }),
			},
			{ requiredKeys: ['to', 'text'] },
		),
		{ minLength: 1, maxLength: 6 },
	);

	interface Script {
		plot: Plot;
		items: Wish[];
		checkNumbers: boolean;
	}

	/** Every promise about messages, for one run. */
	async function keepsItsWord({ plot, items, checkNumbers }: Script): Promise<void> {
		const ignoresKeys = plot.switches.idempotencyKeys === 'ignored';
		// Each text has the number of its item, so that it is known whose it is.
		const rows = items.map(({ to, text, flaw }, index) => ({
			to: flaw === 'to' ? 'nobody' : to,
			text: flaw === 'text' ? '' : `${text} ${index}`,
		}));
		const parameters = {
			resource: 'sms',
			operation: 'send',
			from: '61412345678',
			to: '={{ $json.to }}',
			text: '={{ $json.text }}',
			options: { checkNumbers },
		};
		await act(plot, rows, parameters, (sandbox: Sandbox, scene: Scene) => {
			const sentFor = (index: number) => sandbox.messages().filter(({ text }) => text.endsWith(` ${index}`));
			const error = nodeErrorOf(scene);
			// What the error of a run names as written it names by its number, of which several items may have the same.
			const told = error === undefined ? toldOf(scene, plot.onError, rows.length) : undefined;
			for (const index of rows.keys()) {
				const keys = sandbox.requests
					.filter(({ body }) => String((body as { text?: string } | undefined)?.text).endsWith(` ${index}`))
					.map(({ headers }) => headers['idempotency-key']);
				// A server that knows keys can send each at most once; each try of an item has the same.
				expect(new Set(keys).size).toBeLessThanOrEqual(1);
				if (!ignoresKeys) expect(sentFor(index).length).toBeLessThanOrEqual(1);
				const one = told?.[index];
				if (one === undefined) continue;
				const sent = sentFor(index).length;
				if ('trunk' in one) {
					expect(sent).toBeGreaterThan(0);
					// Never twice without a word of it.
					if (sent > 1) expect(one.trunk.sentAgain).toBe(true);
				} else if (!mayBe(one.words)) expect([index, one.words, sent]).toStrictEqual([index, one.words, 0]);
				else if (sent > 1) expect(one.words).toContain('went out once only if Crazytel honours such keys');
			}
			if (/Nothing was written[:.]/.test(`${error?.message} ${error?.description}`))
				expect(sandbox.messages()).toEqual([]);
		});
	}

	function scripts(plot: fc.Arbitrary<Plot>): fc.Arbitrary<Script> {
		const ofKeys = fc.constantFrom('honoured', 'honoured', 'ignored');
		return fc.record({
			plot: fc.tuple(plot, ofKeys).map(
				([made, idempotencyKeys]): Plot => ({
					...made,
					switches: { ...made.switches, idempotencyKeys } as Plot['switches'],
				}),
			),
			items: wishes,
			checkNumbers: fc.boolean(),
		});
	}

	/** What answers 202 with a queued thing is no failure here. */
	const isFailure = (play: Play) => typeof play !== 'object' || !('status' in play) || play.status !== 202;

	const faults = (play: fc.Arbitrary<Play>): fc.Arbitrary<FaultRule[]> =>
		faultsOn(['sms', 'sms', 'sms', 'verified'], play.filter(isFailure));

	test.each(ways(faults))(
		'%s: one message an item at most where keys are known, and what is said of it is true',
		async (_, plot) => {
			await fc.assert(fc.asyncProperty(scripts(plot), keepsItsWord), runs(30));
		},
		LONG,
	);

	test(
		'with lost replies alone: all are sent, once each',
		async () => {
			const lost = fc.constantFrom<Play>('lostReplyAfter', 'lostReplyBefore', 'error500After', 'cutOff');
			const one = plots(faultsOn(['sms'], lost), { maxTries: tries });
			await fc.assert(fc.asyncProperty(scripts(one), keepsItsWord), runs(20));
		},
		LONG,
	);

	test('with nothing in the way every item has its message', async () => {
		const holds = jest.fn();
		const parameters = { resource: 'sms', operation: 'send', from: '61412345678', to: '0412 000 001', text: 'Hello' };
		await act(CALM, [{}, {}], parameters, (sandbox) => holds(sandbox.messages().length));
		expect(holds).toHaveBeenCalledWith(2);
	});
});
