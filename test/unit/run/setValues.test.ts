import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import type { Thing } from '../../../nodes/Crazytel/api/body';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import type { SetValues } from '../../../nodes/Crazytel/run/plan';
import { recentOf } from '../../../nodes/Crazytel/run/recent';
import { setValues } from '../../../nodes/Crazytel/run/setValues';
import { failed, knownOf, lost, performingWith, setting, things } from './things';

const LAMP: Thing = { id: 'a-1', serial: 'S1', name: 'Lamp', colour: 'red' };
const BLUE: Thing = { ...LAMP, colour: 'blue' };

/** What comes of setting values of a lamp that is listed, where the server answers so. */
async function set(plan: SetValues, replies: unknown[], doubt?: ApiError, lamp = LAMP) {
	const known = await knownOf([lamp]);
	const account = performingWith(replies, known, { doubt });
	const end = await setValues(plan, account.performing).catch((error: Error) => error);
	const recent = recentOf(account.performing.client.accountId, things);
	return { ...account, end, recent, now: () => known.soFar(things)?.find('a-1') };
}

const blue = setting('a-1', { colour: 'blue', pin: 'Secret1Pin' });

describe('an answer that shows something else than was sent', () => {
	test('is an error, and what the thing is then is not known', async () => {
		const { end, now, sent } = await set(blue, [LAMP]);
		expect(end).toBeInstanceOf(ApiError);
		expect(end).toMatchObject({
			kind: 'contrary',
			happened: `Crazytel answered 200, but the strange thing's Colour is 'red', not 'blue'.`,
			fields: ['colour'],
		});
		expect(now()).toBeUndefined();
		expect(sent).toHaveLength(1);
	});

	test('is none where it shows that in another form, or not at all', async () => {
		expect((await set(blue, [{ ...LAMP, colour: 'BLUE' }])).end).toMatchObject({ written: 'S1 a-1' });
		expect((await set(blue, [{ id: 'a-1', pin: '***' }])).end).toMatchObject({ written: 'a-1' });
	});

	test('says what to do of the secret that was sent as well, if the output was to show it', async () => {
		const messageOf = async (plan: SetValues) => ((await set(plan, [LAMP])).end as Error).message;
		const words =
			"Crazytel answered 200, but the strange thing's Colour is 'red', not 'blue'. Check the strange thing in the Crazytel portal. Running this again is safe: it sets the same values.";
		expect(await messageOf(blue)).toBe(words);
		expect(await messageOf({ ...blue, shown: { pin: 'Secret1Pin' } })).toBe(`${words} Their PINs are lost.`);
	});

	test('is one still after the rest was put right', async () => {
		const plan = setting('a-1', { name: 'Lamp', colour: 'blue' }, { onlyDifferences: true });
		const { end, sent, now } = await set(plan, [
			{ ...BLUE, name: 'Chair' },
			{ ...LAMP, name: 'Lamp' },
		]);
		expect(end).toMatchObject({ kind: 'contrary', fields: ['colour'] });
		expect(sent).toHaveLength(2);
		expect(now()).toBeUndefined();
	});
});

test('nothing is sent of what is so already, and nothing is told as sent', async () => {
	const { end, sent, recent, now } = await set(setting('a-1', { colour: 'red' }, { onlyDifferences: true }), []);
	expect(end).toStrictEqual({ output: LAMP });
	expect([sent, recent.sent('a-1')]).toEqual([[], {}]);
	expect(now()).toBe(LAMP);
});

describe('where it is not known whether the API leaves alone what is not named', () => {
	const kind = { ...things, mayResetOthers: true as const };
	const plan = setting('a-1', { colour: 'blue' }, { kind });

	test('what was changed beyond what was asked is told', async () => {
		const { end, hints } = await set(plan, [{ ...BLUE, name: 'Chair' }]);
		expect(end).toMatchObject({ written: 'S1 a-1' });
		expect(hints).toStrictEqual([
			"The strange thing S1 was also changed where nobody has asked for it: its Name is 'Chair' now and was 'Lamp'. Somebody else may have changed that meanwhile, or Crazytel resets what an update does not name. Set it again if it is missed.",
		]);
	});

	test('nothing is told where only that was changed which was sent, at once or with the rest', async () => {
		expect((await set(plan, [BLUE])).hints).toStrictEqual([]);
		// What the list writes in capitals is as it was wanted, until somebody else has painted the thing meanwhile.
		const both = setting('a-1', { name: 'Chair', colour: 'red' }, { kind, onlyDifferences: true });
		const chair = { ...LAMP, name: 'Chair' };
		const { hints, sent } = await set(both, [{ ...chair, colour: 'green' }, chair], undefined, {
			...LAMP,
			colour: 'RED',
		});
		expect(sent.map(({ request }) => request.body)).toEqual([{ name: 'Chair' }, { colour: 'red' }]);
		expect(hints).toStrictEqual([]);
	});

	test('nothing is told of a kind of which it is known', async () => {
		const { hints } = await set(setting('a-1', { colour: 'blue' }), [{ ...BLUE, name: 'Chair' }]);
		expect(hints).toStrictEqual([]);
	});
});

test('it is sent with how an earlier try has ended', async () => {
	expect((await set(blue, [BLUE], lost)).sent[0]?.earlier).toBe(lost);
});

describe('what was sent', () => {
	test('is remembered, without secrets', async () => {
		expect((await set(blue, [BLUE])).recent.sent('a-1')).toEqual({ colour: 'blue' });
	});

	test('is remembered with the rest that was put right', async () => {
		const plan = setting('a-1', { name: 'Lamp', colour: 'blue' }, { onlyDifferences: true });
		const { recent } = await set(plan, [{ ...BLUE, name: 'Chair' }, BLUE]);
		expect(recent.sent('a-1')).toEqual({ name: 'Lamp', colour: 'blue' });
	});

	test.each(['uncertain', 'unreadable', 'accepted', 'denied', 'overtaken'] as const)(
		'and may have been taken (%s) is remembered',
		async (kind) => {
			expect((await set(blue, [failed(kind)])).recent.sent('a-1')).toEqual({ colour: 'blue' });
		},
	);

	test.each([failed('refused'), failed('gone'), failed('undelivered'), new Stopped(), new Error('Odd')])(
		'and did nothing is not: %p',
		async (error) => {
			const { end, recent } = await set(blue, [error]);
			expect(end).toBe(error);
			expect(recent.sent('a-1')).toEqual({});
		},
	);
});

describe('a write whose answer does not show what came of it', () => {
	test.each(['accepted', 'unreadable', 'overtaken'] as const)('is still to be seen (%s)', async (kind) => {
		const error = failed(kind);
		const { end, now } = await set({ ...blue, tellsChanges: true }, [error]);
		const changes = { colour: { from: 'red', to: 'blue' }, pin: { from: '***', to: '***' } };
		expect(end).toStrictEqual({
			output: { id: 'a-1', changed: true, changes },
			written: 'a-1',
			state: 'updated',
			unseen: {
				plan: { ...blue, tellsChanges: true },
				values: blue.values,
				changes,
				before: { id: 'a-1', serial: 'S1', name: 'Lamp', colour: 'red' },
				error,
			},
		});
		expect(now()).toBeUndefined();
	});

	test.each(['uncertain', 'denied', 'contrary', 'refused'] as const)(
		'is none that has failed otherwise (%s)',
		async (kind) => {
			const error = failed(kind);
			expect((await set(blue, [error])).end).toBe(error);
		},
	);

	test('has only what was sent: what the thing had already is not looked for', async () => {
		const plan = setting('a-1', { name: 'Lamp', colour: 'blue' }, { onlyDifferences: true });
		expect((await set(plan, [failed('accepted')])).end).toMatchObject({ unseen: { values: { colour: 'blue' } } });
		expect((await set(plan, [failed('accepted')])).end).not.toHaveProperty('unseen.values.name');
	});
});

test('the rest, too, may be taken without an answer that shows it: then it is not known', async () => {
	const plan = setting('a-1', { name: 'Lamp', colour: 'blue' }, { onlyDifferences: true });
	const { end } = await set(plan, [{ ...BLUE, name: 'Chair' }, failed('accepted', 'Queued.')]);
	expect(end).toMatchObject({
		kind: 'uncertain',
		message: expect.stringContaining('could not be put right: name. Queued.') as string,
	});
});
