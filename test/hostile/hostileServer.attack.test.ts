import type { IDataObject } from 'n8n-workflow';

import type { FaultRule, Play } from '../../sandbox';
import {
	API_KEY,
	type Battlefield,
	goodCreate,
	goodUpdate,
	ID,
	leaks,
	openBattlefield,
	PASSWORD,
	textsIn,
} from './attack';
import { AWKWARD, carriers, echoesOf, locationsOf, readableForms } from '../unit/api/echoes';
import { bodiesWith } from '../unit/api/hostileBodies';

const readable = readableForms(API_KEY);

let field: Battlefield;
beforeAll(async () => {
	field = await openBattlefield();
});
beforeEach(() => field.sandbox.reset());
afterAll(async () => await field.close());

const create = { ...goodCreate, password: AWKWARD };
const update = { ...goodUpdate, updateFields: { password: AWKWARD } };

type OnError = 'continueRegularOutput' | 'stopWorkflow';

/**
 * What a rotation has in this place. Everything meets everything else where no engine is needed
 * (test/unit/api/redactionForms.test.ts, test/unit/api/hostileBodies.test.ts); here each is met.
 */
function turn<T>(some: readonly T[], place: number): T {
	return some[place % some.length] as T;
}

/** No place of a run holds a secret. The node's own password parameter is the workflow's. */
async function staysSecret(run: Parameters<typeof leaks>[0]): Promise<void> {
	// The run does hold texts, so that an empty search means something.
	expect(textsIn(run).length).toBeGreaterThan(20);
	expect(leaks(run, readable)).toEqual([]);
}

const echoes = echoesOf(API_KEY).map(([name, echo], row): [string, unknown, number] => [name, echo, row]);

describe.each(echoes)('a secret that the server repeats %s', (_echo, echo, row) => {
	// Of seven carriers in a row, each echo meets every status and both modes.
	const cases = carriers.map(([name, carry], column): [string, typeof carry, number, OnError] => [
		name,
		carry,
		turn([400, 401, 409, 422, 500], row + column),
		turn<OnError>(['continueRegularOutput', 'stopWorkflow'], row + column),
	]);

	test.each(cases)('in %s is shown nowhere', async (_carrier, carry, status, onError) => {
		field.sandbox.fault({ on: 'create', times: 9_999, play: { status, body: carry(echo) } });
		const { run, errors } = await field.attack({
			parameters: { ...create, options: { checkNumbers: false } },
			onError,
		});
		expect(errors[0] ?? run.data.resultData.error?.message).toEqual(expect.stringMatching(/Crazytel/));
		await staysSecret(run);
	});

	test('in a trunk that was written, in its keys, in lists and deep inside is shown nowhere', async () => {
		const key = String(echo);
		const body = {
			id: ID,
			note: echo,
			[key]: 1,
			list: [echo, { [key]: [echo] }],
			a: { b: { c: echo } },
			Password: echo,
			sip_password: echo,
		};
		field.sandbox.fault({ on: 'update', times: 9_999, play: { status: 200, body } });
		const { run, outputs, errors } = await field.attack({ parameters: update });
		expect(errors).toEqual([undefined]);
		expect(outputs[0]?.json.id).toBe(ID);
		await staysSecret(run);
	});
});

describe('headers', () => {
	const bare = encodeURIComponent('Canary7SecretAbc');
	const redirects = locationsOf(API_KEY, bare).map((redirectTo, row) => ({
		redirectTo,
		status: turn([301, 302, 307, 308] as const, row),
	}));

	test.each(redirects)('a redirect is not followed and gives no secret away (%#)', async (redirect) => {
		field.sandbox.fault({ on: 'create', times: 9_999, play: redirect });
		const { run, errors } = await field.attack({ parameters: goodCreate });
		expect(errors).toEqual([expect.stringContaining('redirects')]);
		expect(errors[0]?.length).toBeLessThan(1000);
		expect(field.writes()).toHaveLength(1);
		expect(field.sandbox.trunks()).toHaveLength(1);
		expect(leaks(run, [API_KEY, 'Canary7SecretAbc'])).toEqual([]);
	});

	test.each([
		// The one status of which this header is read.
		['Retry-After', 429],
		['WWW-Authenticate', 401],
		['Set-Cookie', 500],
		['X-Echo', 429],
	])('what stands in %s is shown nowhere', async (name, status) => {
		field.sandbox.fault({ on: 'create', times: 9_999, play: { status, headers: { [name]: `${API_KEY}; ${bare}` } } });
		const { run, errors } = await field.attack({ parameters: goodCreate });
		expect(errors).toEqual([expect.any(String)]);
		expect(leaks(run, [API_KEY, 'Canary7SecretAbc'])).toEqual([]);
	});
});

describe('what is cut off', () => {
	test.each([
		['an error', 500],
		['a refusal', 422],
		['a refusal of the key', 401],
	])('half a password at the end of %s is no more shown than a whole one', async (_name, status) => {
		const body = `{"detail":[{"loc":["body","password"],"msg":"bad","input":"${PASSWORD.slice(0, -3)}`;
		field.sandbox.fault({ on: 'create', times: 9_999, play: { status, body } });
		const { run, errors } = await field.attack({ parameters: goodCreate });
		expect(errors).toEqual([expect.stringContaining('Crazytel')]);
		expect(leaks(run, [PASSWORD.slice(0, -3)])).toEqual([]);
	});

	test('an answer that ends in the middle is unknown in outcome, and shows nothing', async () => {
		// Without a list of trunks the node cannot find out what became of the create.
		field.sandbox.set({ echoPassword: true, trunkListEndpoint: 404 });
		for (const play of ['truncatedJson', 'cutOff'] as const) {
			field.sandbox.fault({ on: 'create', times: 9_999, play });
			const { run, errors } = await field.attack({ parameters: goodCreate });
			expect(errors).toEqual([expect.stringContaining('It is unknown whether the trunk exists.')]);
			expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
		}
	});
});

// As much of them as shows what their size does; test/unit/api/hostileBodies.test.ts has more.
const bodies = bodiesWith(ID, 1).map(([name, body], row): [string, unknown, number] => [name, body, row]);

describe.each(bodies)('a body of %s', (_name, body, row) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	// A limit is met 200 times before it is final; the large bodies meet it in test/unit/api/hostileBodies.test.ts.
	const limit = text.length < 500_000 ? [429] : [];
	// One of each class, because each class is read in its own way.
	const statuses = [turn([200, 201], row), turn([400, 404, 422], row), 401, ...limit, 500];
	const headers = { 'content-type': 'application/json' };

	test.each(statuses)('with the status %i crashes nothing and is told in a readable message', async (status) => {
		field.sandbox.fault({ on: 'create', times: 9_999, play: { status, body: text, headers } });
		const { run, outputs } = await field.attack({ parameters: goodCreate });
		expect(run.data.resultData.error).toBeUndefined();
		expect(outputs).toHaveLength(1);
		// The limit, and what a firewall has kept back, are the refusals after which a create may be sent again.
		const isHeldBack = status === 401 && text.startsWith('<');
		const most = status === 429 ? 200 : isHeldBack ? 4 : 1;
		expect(field.writes().length).toBeGreaterThanOrEqual(Math.min(most, 4));
		expect(field.writes().length).toBeLessThanOrEqual(most);
		const { error, details, id } = outputs[0]?.json ?? {};
		if (error === undefined) {
			expect([status < 300, id]).toEqual([true, ID]);
		} else {
			expect(String(error)).toMatch(/Crazytel/);
			expect(String(error)).not.toMatch(/native code|\[object|undefined|[\p{Cc}\p{Cf}\p{Cs}]/u);
			expect(String(error).length).toBeLessThan(2000);
			expect(Object.keys((details ?? {}) as IDataObject)).toContain('httpCode');
		}
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
		expect(({} as IDataObject).polluted).toBeUndefined();
	});

	test('in place of the verified numbers refuses readably or lets Crazytel decide', async () => {
		const play: Play = { status: 200, body: text, headers };
		field.sandbox.fault({ on: 'verified', times: 9_999, play });
		const { run, outputs } = await field.attack({ parameters: goodCreate });
		expect(run.data.resultData.error).toBeUndefined();
		expect(outputs).toHaveLength(1);
		expect(String(outputs[0]?.json.error ?? '').length).toBeLessThan(2000);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
	});

	test('in place of a list gives the editor an error or a list, and no crash', async () => {
		const credential = { apiKey: API_KEY, baseUrl: field.sandbox.url };
		const play: Play = { status: 200, body: text, headers };
		for (const on of ['list', 'verified'] as const) {
			field.sandbox.fault({ on, times: 9_999, play });
			const loading =
				on === 'list'
					? field.engine.searchList('searchTrunks', credential)
					: field.engine.loadOptions('getVerifiedNumbers', credential);
			const outcome = await loading.then(
				() => 'a list',
				(error: Error) => error.message,
			);
			expect(outcome).toMatch(/^(?:a list|.*(?:Crazytel|account).*)$/s);
			expect(outcome.length).toBeLessThan(2000);
		}
	});
});

describe('verified numbers that are hostile', () => {
	const refuseWith = async (numbers: unknown): Promise<string> => {
		field.sandbox.fault({
			on: 'verified',
			times: 9_999,
			play: { status: 200, body: numbers } satisfies FaultRule['play'],
		});
		const { errors, run } = await field.attack({ parameters: { ...goodCreate, callerIdNumber: '61299999999' } });
		expect(errors).toEqual([expect.stringContaining("Caller ID '61299999999' is not verified")]);
		expect(field.writes()).toEqual([]);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
		return errors[0] ?? '';
	};

	test('a megabyte in the list makes no megabyte of a message', async () => {
		expect((await refuseWith([`6${'1'.repeat(1_000_000)}`])).length).toBeLessThan(2000);
	});

	test('line breaks and invisible characters in the list do not reach the message', async () => {
		expect(await refuseWith(['6129\r\nX-Evil: 1\u202E\0'])).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	});

	test('ten thousand numbers are named by a dozen', async () => {
		const numbers = Array.from({ length: 10_000 }, (_, index) => String(61290000000 + index));
		expect(await refuseWith(numbers)).toMatch(/61290000011 and 9988 more\.$/);
	});

	test('secrets in the list are not repeated', async () => {
		expect(await refuseWith([`${API_KEY}1`])).toContain('***');
	});
});

test('secrets in a list reach no dropdown', async () => {
	const credential = { apiKey: API_KEY, baseUrl: field.sandbox.url };
	field.sandbox.fault({
		on: 'list',
		play: { status: 200, body: [{ id: ID, username: API_KEY, description: `key ${API_KEY}`, password: PASSWORD }] },
	});
	const trunks = await field.engine.searchList('searchTrunks', credential);
	expect(trunks.results).toEqual([{ name: '*** · key ***', value: ID }]);
	field.sandbox.fault({
		on: 'verified',
		times: 9_999,
		play: { status: 200, body: [{ number: '61291234567', name: API_KEY }] },
	});
	const numbers = await field.engine.loadOptions('getVerifiedNumbers', credential);
	expect(numbers).toEqual([{ name: '02 9123 4567 · *** · +61 2 9123 4567 · 61291234567', value: '61291234567' }]);
});

test('the output holds the password when it was asked for, and then only there', async () => {
	const { outputs, run } = await field.attack({ parameters: { ...goodCreate, options: { includePassword: true } } });
	expect(outputs[0]?.json.password).toBe(PASSWORD);
	expect(leaks(run, [PASSWORD]).every((place) => /\.json\.password: /.test(place))).toBe(true);
	expect(leaks(run, [PASSWORD]).length).toBeGreaterThan(0);
});
