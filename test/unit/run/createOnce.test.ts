import type { Trunk } from '../../../nodes/Crazytel/api/answers';
import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import type { Client } from '../../../nodes/Crazytel/api/client';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { createTrunkRequest } from '../../../nodes/Crazytel/api/endpoints';
import { createOnce, createUnlessMade } from '../../../nodes/Crazytel/run/createOnce';
import { type Ledger, ledgerOf, nextMoment, noteMade, noteOpen } from '../../../nodes/Crazytel/run/ledger';
import type { WritePlan, Writing } from '../../../nodes/Crazytel/run/operation';

const real = { ...clock };

beforeAll(() => {
	Object.assign(clock, { wait: async () => undefined });
});

afterAll(() => {
	Object.assign(clock, real);
});

const SENT = { caller_id_number: '61291234567', enabled: true };
const MADE: Trunk = { ...SENT, id: 'made', username: 'CT1' };
const lost = new ApiError('The reply was lost.', 'Look.', 'uncertain', { httpCode: '500' });

let accounts = 0;

/** An account in which the reply to every create is lost, and each look finds the same list. */
function accountWith(...list: Trunk[]) {
	const accountId = `create once ${++accounts}`;
	const client: Partial<Client> = {
		accountId,
		signal: undefined,
		send: async <Answer>({ method }: { method: string }) => {
			if (method === 'POST') throw lost;
			return list as Answer;
		},
		countAsDone: () => undefined,
	};
	const writing: Writing = {
		client: client as Client,
		uncertain: undefined,
		rememberUncertain: () => undefined,
		leaveAlone: () => undefined,
		trunks: undefined,
		hint: jest.fn(),
	};
	return { ledger: ledgerOf(accountId), writing };
}

/** A create of a run that has found no trunk in the list; with a key it is one of Create or Update. */
function planOf(settings = {}, key?: string): WritePlan {
	const trunksBefore = { ids: new Set<string>(), moment: nextMoment() };
	return { request: createTrunkRequest({ ...SENT, password: 'Secret1Pass', ...settings }), trunksBefore, key };
}

const unknown = (candidates: string) => `The reply was lost. These new trunks may be the one: ${candidates}. Look.`;

describe('the look for a trunk whose reply was lost', () => {
	test('finds it beside another create in doubt that has sent other settings', async () => {
		const { ledger, writing } = accountWith(MADE);
		const plan = planOf();
		noteOpen(ledger, planOf({ enabled: false }));

		expect(await createOnce(plan, writing)).toStrictEqual({ ...MADE, recovered: true });
	});

	test('finds it by its description beside new trunks that have another one, and other settings', async () => {
		const stranger = { ...MADE, id: 'stranger', description: 'Beta', enabled: false };
		const { writing } = accountWith(stranger, { ...MADE, description: 'Acme' });

		expect(await createUnlessMade(planOf({ description: 'Acme' }, 'Acme'), writing)).toMatchObject({ created: { id: 'made' } });
	});

	test('names all that may be it, with their usernames where they have one', async () => {
		const { writing } = accountWith(MADE, { ...SENT, id: 'bare' }, { ...SENT, id: 'empty', username: ' ' });
		await expect(createOnce(planOf(), writing)).rejects.toThrow(unknown('CT1 (made), bare, empty'));
	});

	test('does not take one of which a setting is listed as null: that may not be shown', async () => {
		const { writing } = accountWith({ ...MADE, enabled: null });
		await expect(createOnce(planOf(), writing)).rejects.toThrow(unknown('CT1 (made)'));
	});

	test('names the new trunks that are certainly others', async () => {
		const { writing } = accountWith({ ...MADE, enabled: false }, { id: 'bare', enabled: false });
		await expect(createOnce(planOf(), writing)).rejects.toThrow(
			'No trace of the trunk was found: no new trunk has these settings. New trunks with other settings: CT1 (made), bare. Most likely',
		);
	});
});

describe('Stop while a create waits for its turn', () => {
	async function stopped(uncertain?: ApiError): Promise<unknown> {
		const { ledger, writing } = accountWith(MADE);
		// The one before it never ends.
		ledger.tail = new Promise(() => {});
		const stop = new AbortController();
		const client = { ...writing.client, signal: stop.signal };
		const result = createOnce(planOf(), { ...writing, client, uncertain }).catch((error: unknown) => error);
		stop.abort();
		return await result;
	}

	test('nothing was sent', async () => {
		expect(await stopped()).toBeInstanceOf(Stopped);
	});

	test('what an earlier try has sent is in doubt still, and it was not looked for', async () => {
		expect(await stopped(lost)).toMatchObject({
			message: 'The reply was lost. The execution was canceled before this node could look for it. Look.',
			mayHaveActed: true,
		});
	});
});

describe('Create or Update of a description that was sent a moment ago', () => {
	test.each<[string, (ledger: Ledger, plan: WritePlan) => void, string]>([
		['may belong to a trunk', noteOpen, 'it is unknown whether that exists. Nothing was sent for this item.'],
		[
			'was given to several trunks',
			(ledger, plan) => ['a', 'b'].forEach((id) => noteMade(ledger, plan, { id })),
			'Nothing was sent for this item.',
		],
	])('that %s: it is refused, and the field is named', async (words, happen, more) => {
		const { ledger, writing } = accountWith();
		const plan = planOf({ description: 'Acme' }, 'Acme');
		happen(ledger, planOf({ description: 'Acme' }));

		const message = expect.stringMatching(`^Description 'Acme' ${words}.*${more}`) as string;
		await expect(createUnlessMade(plan, writing)).rejects.toMatchObject({ problems: [{ field: 'description', message }] });
	});
});
