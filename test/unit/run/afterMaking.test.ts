import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import type { Thing } from '../../../nodes/Crazytel/api/body';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { afterMaking } from '../../../nodes/Crazytel/run/afterMaking';
import { nextMoment } from '../../../nodes/Crazytel/run/ledger';
import type { Make } from '../../../nodes/Crazytel/run/plan';
import { recentOf } from '../../../nodes/Crazytel/run/recent';
import { failed, knownOf, lost, making, makingNamed, notedWaits, performingWith, things } from './things';

notedWaits();

const WANTED = { name: 'Lamp', colour: 'red', pin: 'Secret1Pin' };
const LAMP: Thing = { id: 'New', serial: 'S9', name: 'Lamp', colour: 'red' };
const BLUE: Thing = { ...LAMP, colour: 'blue' };

/** What comes of a make whose thing is shown so, where the server answers so to what follows. */
async function made(thing: Thing, replies: unknown[] = [], plan: Make = making(WANTED), doubt?: ApiError) {
	const known = await knownOf([]);
	const account = performingWith(replies, known, { doubt });
	const end = await afterMaking(plan, thing, account.performing).catch((error: Error) => error);
	const recent = recentOf(account.performing.client.accountId, things);
	return { ...account, end, recent, now: () => known.soFar(things)?.find('new') };
}

describe('a thing that is as it was asked for', () => {
	test('is done, and nothing more is sent', async () => {
		const { end, sent, doubts } = await made(
			LAMP,
			[],
			making(WANTED, { tellsChanges: true, shown: { pin: 'Secret1Pin' } }),
		);
		expect(end).toStrictEqual({
			output: {
				...LAMP,
				pin: 'Secret1Pin',
				changed: true,
				changes: {
					name: { from: null, to: 'Lamp' },
					colour: { from: null, to: 'red' },
					pin: { from: '***', to: '***' },
				},
			},
			written: 'S9 New',
			state: 'created',
			lostSecrets: 'Their PINs are lost.',
		});
		expect([sent, doubts]).toEqual([[], []]);
	});

	test('may show it in another form, or not at all', async () => {
		expect((await made({ id: 'New', colour: 'RED' })).end).toMatchObject({ written: 'New' });
	});

	test('is known to the items after it, and to this process', async () => {
		const { now, recent } = await made(LAMP);
		expect(now()).toEqual(LAMP);
		expect(recent.sent('new')).toEqual({ name: 'Lamp', colour: 'red' });
		expect(recent.amend([], nextMoment())).toEqual([LAMP]);
	});

	test('and was found in the list says so of this item only', async () => {
		const { end, now, recent } = await made({ ...LAMP, recovered: true });
		expect(end).toMatchObject({ output: { recovered: true } });
		expect(now()).toStrictEqual(LAMP);
		expect(recent.amend([], nextMoment())).toStrictEqual([LAMP]);
	});
});

describe('a thing that is otherwise than it was asked for', () => {
	test('is put right by one request, with what is wrong alone', async () => {
		const { end, sent, now, doubts } = await made(BLUE, [LAMP]);
		expect(end).toStrictEqual({ output: LAMP, written: 'S9 New', state: 'created' });
		expect(sent.map(({ request }) => [request.method, request.path, request.body])).toEqual([
			['PATCH', '/api/v1/things/new', { colour: 'red' }],
		]);
		expect(now()).toEqual(LAMP);
		expect(doubts).toEqual([]);
	});

	test('tells all that was asked for as changed, shows its secrets, and how it was found', async () => {
		const plan = making(WANTED, { tellsChanges: true, shown: { pin: 'Secret1Pin' } });
		const { end } = await made({ ...BLUE, recovered: true, weight: 7 }, [LAMP], plan);
		expect(end).toMatchObject({
			output: {
				...LAMP,
				pin: 'Secret1Pin',
				recovered: true,
				weight: 7,
				changed: true,
				changes: { name: { to: 'Lamp' }, colour: { from: null, to: 'red' } },
			},
			lostSecrets: 'Their PINs are lost.',
		});
	});

	test('is put right without a word of the earlier try, which was the make', async () => {
		const { sent } = await made(BLUE, [LAMP], undefined, lost);
		expect(sent).toMatchObject([{ earlier: undefined }]);
	});

	test('is looked for where the answer does not show it, and all that was asked for is told as changed', async () => {
		const { end } = await made(
			BLUE,
			[failed('accepted'), [{ ...BLUE, colour: 'red' }]],
			making(WANTED, { tellsChanges: true }),
		);
		expect(end).toMatchObject({ output: { colour: 'red', changed: true, changes: { name: {}, colour: {}, pin: {} } } });
	});
});

describe('a thing that could not be put right', () => {
	const plan = making(WANTED, { tellsChanges: true, shown: { pin: 'Secret1Pin' }, shownOnce: 'Keep them.' });

	test.each<[string, Error, string, string]>([
		['refused', failed('refused', 'No.', ['colour']), 'No. Look. Their PINs are lost.', 'uncertain'],
		['lost', lost, 'The reply was lost. Look. Their PINs are lost.', 'uncertain'],
		['denied', failed('denied', 'No.'), 'No. Look. Their PINs are lost.', 'denied'],
		[
			'stopped',
			new Stopped(),
			'The execution was canceled before these settings could be put right: colour. Set them with an update. Their PINs are lost.',
			'uncertain',
		],
	])('was created all the same, and may have been written (%s)', async (_, error, words, kind) => {
		const { end } = await made(BLUE, [error], plan);
		expect(end).toBeInstanceOf(ApiError);
		expect(end).toMatchObject({
			message: `The strange thing S9 (New) was created. ${words}`,
			kind,
			mayHaveActed: true,
		});
	});

	test('says nothing of secrets where none are shown, and keeps the fields', async () => {
		const { end } = await made(BLUE, [failed('refused', 'No.', ['colour'])]);
		expect(end).toMatchObject({ message: 'The strange thing S9 (New) was created. No. Look.', fields: ['colour'] });
		expect((await made(BLUE, [new Stopped()])).end).toMatchObject({
			cure: 'Set them with an update.',
			httpCode: 'ABORTED',
		});
	});

	test('because it was stopped names all that is wrong', async () => {
		expect((await made({ ...BLUE, name: 'Chair' }, [new Stopped()])).end).toMatchObject({
			happened:
				'The strange thing S9 (New) was created. The execution was canceled before these settings could be put right: name, colour.',
		});
	});

	test('that the list shows otherwise says so', async () => {
		expect((await made(BLUE, [failed('accepted'), [BLUE], [BLUE], [BLUE]])).end).toMatchObject({
			message: expect.stringContaining(
				"by the list of strange things the strange thing's Colour is 'blue', not 'red'",
			) as string,
			kind: 'contrary',
		});
	});

	test('that shows something else still says so', async () => {
		expect((await made(BLUE, [BLUE])).end).toMatchObject({
			message: expect.stringMatching(
				/^The strange thing S9 \(New\) was created\. Crazytel answered 200, but the strange thing's Colour is 'blue', not 'red'\./,
			) as string,
			kind: 'contrary',
		});
	});

	test('is set by the next try, which makes no second one', async () => {
		for (const error of [failed('refused'), new Stopped(), lost]) {
			const { end, doubts } = await made(BLUE, [error], plan);
			expect(doubts).toStrictEqual([
				{
					error: end,
					plan: {
						do: 'set',
						kind: things,
						id: 'new',
						values: { colour: 'red' },
						onlyDifferences: false,
						isDryRun: false,
						isOfMade: true,
						by: expect.any(Function) as unknown,
						shown: { pin: 'Secret1Pin' },
						shownOnce: 'Keep them.',
						tellsChanges: true,
					},
				},
			]);
		}
	});

	test('is set by the next try with the key that it is known by', async () => {
		const { doubts } = await made(BLUE, [lost], makingNamed('Lamp'));
		expect(doubts[0]?.plan).toMatchObject({ do: 'set', known: { key: 'name', value: 'Lamp' } });
		expect(doubts[0]?.plan).not.toHaveProperty('known.instead');
		expect(doubts[0]?.plan).not.toHaveProperty('tellsChanges');
		expect(doubts[0]?.plan).not.toHaveProperty('shownOnce');
	});
});

describe('a key that the API keeps in another form', () => {
	const keeps = async (name: unknown, wanted = 'Lamps & Co', more: Partial<Make> = {}) =>
		await made({ ...LAMP, name } as Thing, [], makingNamed(wanted, {}, more));

	test('is an error that says how: the next run would make another one', async () => {
		const { end, sent } = await keeps('Lamps ? Co');
		expect(end).toMatchObject({
			message:
				"The strange thing S9 (New) was created. Crazytel keeps the Name 'Lamps & Co' in another form, 'Lamps ? Co'. Do not create it again: give the strange thing the form that Crazytel keeps here as well, or it cannot be found by it.",
			kind: 'contrary',
			httpCode: '200',
			fields: ['name'],
		});
		expect(sent).toEqual([]);
	});

	test('that looks the same is one, too, and the next run finds it', async () => {
		expect((await keeps('Lamps &amp; Co')).end).toMatchObject({
			cure: 'The next run finds the strange thing by either form.',
			kind: 'contrary',
		});
	});

	test('leads to the thing from now on, by the one that was sent', async () => {
		const { recent } = await keeps('Lamps ? Co', 'Lamps  &amp; Co');
		expect([...recent.aliases]).toEqual([['name Lamps & Co', { id: 'New', kept: 'Lamps ? Co' }]]);
	});

	test('is set by the next try, which makes no second one', async () => {
		const { end, doubts } = await keeps('Lamps ? Co');
		expect(doubts).toMatchObject([
			{ error: end, plan: { do: 'set', id: 'new', values: { name: 'Lamps & Co' }, isOfMade: true } },
		]);
	});

	test('says that secrets are lost, where they were to be shown', async () => {
		expect((await keeps('Lamps ? Co', 'Lamps & Co', { shown: { pin: 'Secret1Pin' } })).end).toMatchObject({
			cure: expect.stringMatching(/cannot be found by it\. Their PINs are lost\.$/) as string,
		});
	});

	test.each<[string, unknown]>([
		['is the same', 'Lamps & Co'],
		['has space around it', ' Lamps & Co '],
		['is not shown', undefined],
	])('is none that %s', async (_, name) => {
		const { end, recent } = await keeps(name);
		expect(end).toMatchObject({ written: 'S9 New' });
		expect(recent.aliases.size).toBe(0);
	});

	test('is spoken of by its name where it is no setting, and is none where its kind has no such key', async () => {
		const known = {
			key: 'serial',
			value: 'S1',
			idIn: () => undefined,
			instead: () => {
				throw new Error('Odd');
			},
		};
		expect((await made(LAMP, [], making({ serial: 'S1' }, { known }))).end).toMatchObject({
			happened: expect.stringContaining(`Crazytel keeps the serial 'S1' in another form, 'S9'.`) as string,
		});
		const tag = { ...known, key: 'tag' };
		expect((await made({ ...LAMP, tag: 'T9' }, [], making({ name: 'Lamp' }, { known: tag }))).end).toMatchObject({
			written: 'S9 New',
		});
	});

	test('of a make that is known by none is put right like any setting', async () => {
		const values: IDataObject = { name: 'Lamps & Co' };
		const { sent } = await made({ ...LAMP, name: 'Lamps ? Co' }, [{ ...LAMP, name: 'Lamps & Co' }], making(values));
		expect(sent).toMatchObject([{ request: { body: values } }]);
	});
});
