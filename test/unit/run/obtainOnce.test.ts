import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { planned } from '../../../nodes/Crazytel/run/dryRun';
import { ledgerOf, nextMoment, noteMade, noteOpen, wasMadeByOther } from '../../../nodes/Crazytel/run/ledger';
import { LAG_MS } from '../../../nodes/Crazytel/run/lag';
import { obtainOnce } from '../../../nodes/Crazytel/run/obtainOnce';
import { lanesOf, nextStep, subjectOf } from '../../../nodes/Crazytel/run/steps';
import { failed, knownOf, lost, notedWaits, obtaining, operation, performingWith, setting, things } from './things';

const waits = notedWaits();

const LAMP = { id: 'lamp', name: 'Lamp', colour: 'red' };

describe('what is sent', () => {
	test('is the request, where the thing is not there', async () => {
		const { performing, sent } = performingWith([{ id: 'lamp' }], await knownOf([]));
		const plan = obtaining();
		expect(await obtainOnce(plan, performing)).toStrictEqual({
			output: { id: 'lamp', name: 'Lamp', colour: 'red', wasThere: false },
			written: 'lamp',
			state: 'created',
			obtained: plan,
		});
		expect(sent.map(({ request }) => request)).toEqual([plan.request]);
	});

	test('is nothing where the list shows it, in the run and in the dry run', async () => {
		const known = await knownOf([LAMP]);
		const { performing, sent, hints } = performingWith([], known);
		expect(nextStep(obtaining(), known).request).toBeUndefined();
		expect(await obtainOnce(obtaining(), performing)).toStrictEqual({ output: { ...LAMP, wasThere: true } });
		expect(hints).toEqual([
			'A strange thing that was there already was not won again; in its output wasThere is true.',
		]);
		expect(planned(operation, obtaining({ isDryRun: true }), known)).toMatchObject({ request: null, wasThere: true });
		expect(sent).toEqual([]);
	});

	test('is nothing where another item of the run has obtained it, also in a dry run', async () => {
		const known = await knownOf([]);
		const { performing, sent } = performingWith([{ id: 'lamp' }], known);
		await obtainOnce(obtaining(), performing);
		expect((await obtainOnce(obtaining(), performing)).output).toMatchObject({ wasThere: true });
		expect(sent).toHaveLength(1);
		const dry = await knownOf([]);
		const marks = [1, 2].map(() => planned(operation, obtaining({ isDryRun: true }), dry).wasThere);
		expect(marks).toEqual([false, true]);
	});

	test('is nothing where this process has made it since, and no list can be read', async () => {
		const { performing, sent } = performingWith([], await knownOf());
		noteMade(ledgerOf(performing.client.accountId, things), obtaining(), LAMP);
		expect((await obtainOnce(obtaining({ before: undefined }), performing)).output).toStrictEqual({
			id: 'lamp',
			wasThere: true,
		});
		expect(sent).toEqual([]);
	});

	test('is the request, where a list that was read since this process has made it shows it no more', async () => {
		const { performing, sent } = performingWith([{ id: 'lamp' }], await knownOf([]));
		noteMade(ledgerOf(performing.client.accountId, things), obtaining(), LAMP);
		expect((await obtainOnce(obtaining(), performing)).output).toMatchObject({ wasThere: false });
		expect(sent).toHaveLength(1);
	});
});

describe('a request in doubt', () => {
	test('is not sent again: the thing is looked for twice', async () => {
		const { performing, sent, doubts, done, hints } = performingWith([lost, [], [LAMP]], await knownOf([]));
		const plan = obtaining();
		expect((await obtainOnce(plan, performing)).output).toStrictEqual({ ...LAMP, wasThere: false, recovered: true });
		expect(sent.map(({ request }) => request.method)).toEqual(['POST', 'GET', 'GET']);
		expect(waits.all).toEqual([0, 2_000]);
		expect(doubts).toEqual([{ error: lost, plan }]);
		expect(done).toEqual([plan.request]);
		expect(hints).toEqual([
			'The reply to making the strange thing lamp was lost. It was found in the list of strange things.',
		]);
	});

	test('is looked for in a list that shows what was sent as it is', async () => {
		const { performing, sent } = performingWith([lost, [LAMP]], await knownOf([]));
		await obtainOnce(obtaining(), performing);
		expect(sent[1]?.request).toMatchObject({ method: 'GET', secrets: [], ownTexts: ['Lamp', 'red'] });
	});

	test('that cannot be looked for stays unknown, and says why', async () => {
		const { performing, doubts } = performingWith([lost, failed('refused', 'No list.')], await knownOf([]));
		await expect(obtainOnce(obtaining(), performing)).rejects.toThrow(
			'The reply was lost. This node could not look for it. No list. Look. Look.',
		);
		expect(doubts).toHaveLength(1);
	});

	test('is looked for by its id, among others', async () => {
		const other = { ...LAMP, id: 'chair' };
		const { performing } = performingWith([lost, [other, LAMP]], await knownOf([other]));
		expect((await obtainOnce(obtaining(), performing)).output).toMatchObject({ id: 'lamp', recovered: true });
	});

	test('that has left no trace is told as unknown', async () => {
		const { performing } = performingWith([lost, [], []], await knownOf([]));
		await expect(obtainOnce(obtaining(), performing)).rejects.toThrow(
			'The reply was lost. No trace of the strange thing lamp was found in the list of strange things. It is unknown whether it was won; most likely it was not. Look for it in the Crazytel portal, then run this item again in a new execution.',
		);
	});

	test('of an earlier try is only looked for', async () => {
		const { performing, sent } = performingWith([[LAMP]], await knownOf([]), { doubt: lost });
		expect((await obtainOnce(obtaining(), performing)).output).toMatchObject({ recovered: true });
		expect(sent.map(({ request }) => request.method)).toEqual(['GET']);
	});

	test('says not whether the thing was there before, where that could not be seen', async () => {
		const { performing, hints } = performingWith([lost, [LAMP]], await knownOf());
		expect((await obtainOnce(obtaining({ before: undefined }), performing)).output).toStrictEqual({
			...LAMP,
			recovered: true,
		});
		expect(hints).toEqual([
			'The reply to making the strange thing lamp was lost. It was found in the list of strange things. Whether it was there before could not be seen.',
		]);
	});

	test('is not told as done for an item where another one has made the thing since', async () => {
		const { performing } = performingWith([[LAMP]], await knownOf([]), { doubt: lost });
		const ledger = ledgerOf(performing.client.accountId, things);
		const plan = obtaining();
		noteOpen(ledger, plan);
		expect(wasMadeByOther(ledger, plan)).toBe(false);
		noteMade(ledger, obtaining(), LAMP);
		expect((await obtainOnce(plan, performing)).output).toStrictEqual({ ...LAMP, wasThere: true });
	});

	test('is none where nothing was done', async () => {
		const refused = failed('refused');
		const { performing, doubts } = performingWith([refused], await knownOf([]));
		await expect(obtainOnce(obtaining(), performing)).rejects.toBe(refused);
		expect(doubts).toEqual([]);
	});

	test('stopped before the look, stays open', async () => {
		const { performing } = performingWith([lost, new Stopped()], await knownOf([]));
		await expect(obtainOnce(obtaining(), performing)).rejects.toThrow(
			'The execution was canceled before this node could look for it.',
		);
	});
});

describe('while it is open whether another one has made it', () => {
	/** @param list as it is by then, or why it cannot be read */
	const opened = async (list: Array<typeof LAMP> | Error = []) => {
		const known = await knownOf([]);
		const again = async () => {
			if (list instanceof Error) throw list;
			return { ...(await (await knownOf(list)).of(things)), moment: nextMoment() };
		};
		const { performing, sent } = performingWith([{ id: 'lamp' }], { ...known, again: again as never });
		noteOpen(ledgerOf(performing.client.accountId, things), obtaining());
		return { performing, sent };
	};

	/** What its item is told. */
	const refused = (why: string, cure: string) => ({
		problems: [
			{
				field: 'lamp',
				message: `The strange thing lamp may have been won a moment ago, by another item or execution whose reply was lost. ${why} Nothing was sent for this item.\nLook for it in the Crazytel portal, then run this item again ${cure}.`,
			},
		],
	});

	test('nothing is sent, for two minutes', async () => {
		const { performing, sent } = await opened();
		const now = clock.now();
		const { open } = ledgerOf(performing.client.accountId, things);
		const frozen = jest.spyOn(clock, 'now').mockReturnValue(now);
		try {
			for (const age of [0, LAG_MS]) {
				for (const one of open.values()) one.at = now - age;
				await expect(obtainOnce(obtaining(), performing)).rejects.toMatchObject(
					refused('The list of strange things does not show it yet.', 'in two minutes'),
				);
			}
		} finally {
			frozen.mockRestore();
		}
		expect(sent).toEqual([]);
	});

	test('nor where the list cannot be read', async () => {
		const { performing, sent } = await opened(failed('refused', 'No list.'));
		await expect(obtainOnce(obtaining(), performing)).rejects.toMatchObject(
			refused('Whether it exists could not be seen: No list. Look.', 'once the list can be read'),
		);
		expect(sent).toEqual([]);
	});

	test('once the list had the time to show it and does not, it is made', async () => {
		const { performing, sent } = await opened();
		const ledger = ledgerOf(performing.client.accountId, things);
		for (const open of ledger.open.values()) open.at = clock.now() - LAG_MS - 1;
		expect((await obtainOnce(obtaining(), performing)).output).toMatchObject({ id: 'lamp', wasThere: false });
		expect(sent.map(({ request }) => request.method)).toEqual(['POST']);
		expect(ledger.open.size).toBe(0);
	});

	test('a Stop while the list is read once more is a Stop', async () => {
		const stopped = new Stopped();
		const { performing, sent } = await opened(stopped);
		await expect(obtainOnce(obtaining(), performing)).rejects.toBe(stopped);
		expect(sent).toEqual([]);
	});

	test('it is there where the list shows it by then', async () => {
		const { performing, sent } = await opened([LAMP]);
		expect((await obtainOnce(obtaining(), performing)).output).toStrictEqual({ ...LAMP, wasThere: true });
		expect(sent).toEqual([]);
	});
});

test('what is obtained goes with the other makes, and what is done to it afterwards behind it', () => {
	expect(subjectOf(obtaining())).toBe(subjectOf(setting('lamp')));
	expect(lanesOf([obtaining(), setting('lamp'), setting('door')])).toEqual([
		'making thing',
		'making thing',
		'thing door',
	]);
});
