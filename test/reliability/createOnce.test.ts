import type { INode } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { countOf, credentialOf, hintsOf, linesOf, play, sceneOf, start, time } from '../engine/scene';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 500 }));

const create = {
	operation: 'create',
	callerIdNumber: '61291234567',
	trunkDescription: '={{ $json.name ?? "Acme" }}',
	additionalFields: { enabled: false, areaCode: '02' },
};

const SAME = { description: 'Acme', enabled: false, area_code: '02', caller_id_number: '61291234567' };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});

afterEach(async () => {
	time.onWait = undefined;
	await sandbox.close();
});

describe('a create whose reply is lost', () => {
	test.each(['lostReplyAfter', 'error500After', 'cutOff', 'truncatedJson', 'empty200', { slowMs: 1_000 }] as const)(
		'%j: one trunk, returned as recovered, with its password',
		async (fault) => {
			sandbox.addTrunk(SAME);
			sandbox.fault({ on: 'create', play: fault });
			const scene = await play(sandbox, { items: [{}], parameters: create });

			expect(countOf(sandbox, 'create')).toBe(1);
			expect(sandbox.trunks()).toHaveLength(2);
			const made = sandbox.trunks()[1];
			expect(scene.good).toMatchObject([
				{ id: made?.id, username: made?.username, password: made?.password, recovered: true },
			]);
			expect(hintsOf(scene)).toContain(
				`The reply to creating trunk ${made?.username} (${made?.id}) was lost. It was found in the list of trunks, as the only new one with these settings.`,
			);
		},
	);

	test('is found at the second look, when the list is late', async () => {
		sandbox.fault({ on: 'create', play: 'lostReplyBefore' });
		time.onWait = () => {
			time.onWait = undefined;
			// The first look has found nothing; the write lands while the node waits for the second one.
			const [request] = sandbox.requests.filter(({ kind }) => kind === 'create');
			if (request !== undefined) sandbox.addTrunk(SAME);
			else throw new Error('The create was to come first');
		};
		// The wait before the first look is of no time; it is skipped here.
		const first = time.onWait;
		time.onWait = (ms) => {
			if (ms > 0) first(ms);
		};
		const { good } = await play(sandbox, { items: [{}], parameters: create });

		expect(good).toMatchObject([{ recovered: true }]);
		expect(countOf(sandbox, 'create')).toBe(1);
	});
});

test.each(['error500Before', 'lostReplyBefore', 'html', { status: 504 }] as const)(
	'a create that failed before the write (%j): no second POST, and the answer that no trace was found',
	async (fault) => {
		sandbox.fault({ on: 'create', play: fault });
		const { told } = await play(sandbox, { items: [{}], parameters: create });

		expect(told).toMatch(
			/No trace of the trunk was found: no new trunk has these settings\. Most likely it was not created\. Check the Crazytel portal, then run this item again/,
		);
		expect(countOf(sandbox, 'create')).toBe(1);
		expect(countOf(sandbox, 'list')).toBe(3);
		expect(sandbox.trunks()).toStrictEqual([]);
	},
);

test('trunks that somebody else made meanwhile, with other settings, are named but not taken', async () => {
	sandbox.fault({ on: 'create', play: 'error500Before' });
	const before = play(sandbox, { items: [{}], parameters: create });
	time.onWait = () => {
		time.onWait = undefined;
		sandbox.addTrunk({ ...SAME, username: 'CT777777', enabled: true });
	};
	const { told } = await before;

	expect(told).toMatch(/No trace of the trunk was found.*New trunks with other settings: CT777777 \(/);
});

test('two equal trunks are being made by someone else: the outcome is unknown, with the candidates', async () => {
	sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
	time.onWait = () => {
		time.onWait = undefined;
		sandbox.addTrunk({ ...SAME, username: 'CT111111' });
		sandbox.addTrunk({ ...SAME, username: 'CT222222' });
	};
	const { told } = await play(sandbox, { items: [{}], parameters: create });

	expect(told).toMatch(
		/These new trunks may be the one: .*CT111111 \(.*CT222222 \(.*\. It is unknown whether the trunk exists\. Look for it in the Crazytel portal before you run this again/,
	);
	expect(countOf(sandbox, 'create')).toBe(1);
});

test('after a lost reply, a password that the list repeats is not shown', async () => {
	const password = 'S3cretPass99';
	sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
	sandbox.fault({
		on: 'list',
		nth: 2,
		play: { status: 200, body: [{ ...SAME, id: 'x', pwd: password, uri: `sip:CT1:${password}@sip` }] },
	});
	const scene = await play(sandbox, {
		items: [{ secret: password }],
		parameters: { ...create, passwordSource: 'enter', password: '={{ $json.secret }}' },
	});

	expect(scene.good).toMatchObject([{ id: 'x', recovered: true, pwd: '***', uri: 'sip:CT1:***@sip' }]);
});

test('three creates in a row that are recovered do not stop the rest', async () => {
	sandbox.fault({ on: 'create', times: 4, play: 'lostReplyAfter' });
	const items = ['one', 'two', 'three', 'four', 'five'].map((name) => ({ name }));
	const { good } = await play(sandbox, { items, parameters: create });

	expect(good.map(({ description }) => description)).toStrictEqual(items.map(({ name }) => name));
});

describe('where the list does not show every setting', () => {
	test('a new trunk that fits as far as can be seen is named, not taken', async () => {
		const fits = { id: '11111111-2222-3333-4444-555555555555', username: 'CT333333', caller_id_number: '61291234567' };
		sandbox.fault({ on: 'list', nth: 2, times: 5, play: { status: 200, body: [fits] } });
		sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
		const { told } = await play(sandbox, { items: [{}], parameters: create });

		expect(told).toContain('These new trunks may be the one: CT333333 (11111111-2222-3333-4444-555555555555).');
	});
});

test.each([404, 405] as const)('no list endpoint (%d): creating works', async (trunkListEndpoint) => {
	sandbox.set({ trunkListEndpoint });
	const { good } = await play(sandbox, { items: [{}, {}], parameters: create });

	expect(good).toHaveLength(2);
});

test.each([404, 405] as const)(
	'no list endpoint (%d): an honest error after a lost reply',
	async (trunkListEndpoint) => {
		sandbox.set({ trunkListEndpoint });
		sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
		const { told } = await play(sandbox, { items: [{}], parameters: create });

		expect(told).toMatch(
			/The list of trunks could not be read, so this node could not look for it\. It is unknown whether the trunk exists\. Look for it in the Crazytel portal/,
		);
		expect(countOf(sandbox, 'create')).toBe(1);
	},
);

test('the list breaks after the lost reply: the error says both', async () => {
	sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
	sandbox.fault({ on: 'list', nth: 2, times: 100, play: 'error500Before' });
	const { told } = await play(sandbox, { items: [{}], parameters: create });

	expect(told).toMatch(
		/This node could not look for it\. Crazytel failed while reading the list of trunks.*It is unknown whether the trunk exists/,
	);
});

test("items of one run never take each other's trunk", async () => {
	sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyBefore' });
	sandbox.fault({ on: 'create', nth: 3, play: 'lostReplyAfter' });
	const { good, failed } = await play(sandbox, {
		items: [{}, {}, {}],
		parameters: create,
		node: { onError: 'continueErrorOutput' },
	});

	// The trunk of the third item may as well be the one of the first, landed late: so nobody takes it.
	const [second, third] = sandbox.trunks();
	expect(good.map(({ id }) => id)).toStrictEqual([second?.id]);
	expect(failed).toMatchObject([
		{ looked: 0, error: expect.stringContaining('No trace') },
		{
			looked: 2,
			error: expect.stringContaining(`These new trunks may be the one: ${third?.username} (${third?.id}).`),
		},
	]);
});

test('a create that was lost in an earlier execution does not make a later one doubtful', async () => {
	sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyBefore' });
	sandbox.fault({ on: 'create', nth: 2, play: 'lostReplyAfter' });
	const first = await play(sandbox, { items: [{}], parameters: create });
	const second = await play(sandbox, { items: [{}], parameters: create });

	expect(first.error?.message).toContain('No trace');
	expect(second.good).toMatchObject([{ id: sandbox.trunks()[0]?.id, recovered: true }]);
});

test("executions at the same time never take each other's trunk", async () => {
	sandbox.fault({ on: 'create', nth: 4, play: 'lostReplyBefore' });
	sandbox.fault({ on: 'create', nth: 8, play: 'lostReplyAfter' });
	const scenes = await Promise.all(
		Array.from({ length: 20 }, async () => await play(sandbox, { items: [{}], parameters: create })),
	);

	const ids = scenes.flatMap(({ good }) => good.map(({ id }) => id));
	expect(ids).toHaveLength(18);
	expect(new Set(ids).size).toBe(18);
	expect(sandbox.trunks()).toHaveLength(19);
	expect(scenes.flatMap(({ error }) => (error === undefined ? [] : [error.message]))).toStrictEqual([
		expect.stringContaining('No trace'),
		expect.stringContaining('These new trunks may be the one'),
	]);
});

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'Retry On Fail with %s',
	(onError) => {
		const node: Partial<INode> = { onError, retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
		const items = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
		const names = () => sandbox.trunks().map(({ description }) => description);

		test('three items of which the last fails twice: exactly three creates', async () => {
			sandbox.fault({ on: 'create', nth: 3, times: 2, play: { status: 400, body: { detail: 'Not now' } } });
			const { error } = await play(sandbox, { items, parameters: create, node });

			expect(new Set(names()).size).toBe(names().length);
			if (onError === 'stopWorkflow') {
				expect(error).toBeUndefined();
				expect(names()).toStrictEqual(['one', 'two', 'three']);
				expect(countOf(sandbox, 'create')).toBe(5);
			} else {
				// In both Continue forms n8n tries again only when the first item has failed.
				expect(names()).toStrictEqual(['one', 'two']);
			}
		});

		test('the first fails twice: nobody is created a second time', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: { status: 400 } });
			sandbox.fault({ on: 'create', nth: onError === 'stopWorkflow' ? 2 : 4, play: { status: 400 } });
			const { good, error, failed } = await play(sandbox, { items, parameters: create, node });

			expect(error).toBeUndefined();
			expect(failed).toStrictEqual([]);
			expect(good.map(({ looked }) => looked)).toStrictEqual([0, 1, 2]);
			expect(names().sort()).toStrictEqual(['one', 'three', 'two']);
			expect(good.map(({ description }) => description)).toStrictEqual(['one', 'two', 'three']);
			// What is handed back is what was made, its password too.
			for (const { id, password } of good) {
				expect(sandbox.trunks().find((trunk) => trunk.id === id)?.password).toBe(password);
			}
		});

		test('a lost reply that could not be cleared up is cleared up in the next try, never sent again', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyAfter' });
			// The list was there before the first try, breaks for the look, and is back for the next try.
			sandbox.fault({ on: 'list', nth: 2, times: 4, play: 'error500Before' });
			const { good, error } = await play(sandbox, { items, parameters: create, node });

			expect(error).toBeUndefined();
			expect(names()).toStrictEqual(['one', 'two', 'three']);
			expect(countOf(sandbox, 'create')).toBe(3);
			expect(good.map(({ description }) => description)).toStrictEqual(['one', 'two', 'three']);
			expect(good[0]).toMatchObject({ recovered: true, password: sandbox.trunks()[0]?.password });
		});

		test('a write that never came is not sent again either: it might still land', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyBefore' });
			await play(sandbox, { items: [{ name: 'one' }], parameters: create, node });

			expect(countOf(sandbox, 'create')).toBe(1);
			expect(names()).toStrictEqual([]);
		});

		test('a write that lands late is found in a later try', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyBefore' });
			let looks = 0;
			time.onWait = (ms) => {
				if (ms === 2_000 && ++looks === 2) sandbox.addTrunk({ ...SAME, description: 'one' });
			};
			const { good } = await play(sandbox, { items: [{ name: 'one' }], parameters: create, node });

			expect(countOf(sandbox, 'create')).toBe(1);
			expect(good).toMatchObject([{ recovered: true, description: 'one' }]);
		});

		test('updates that were done are not sent again', async () => {
			const trunks = [sandbox.addTrunk({ enabled: true }), sandbox.addTrunk({ enabled: true })];
			sandbox.fault({ on: 'update', nth: 1, play: { status: 400 } });
			await play(sandbox, {
				items: trunks.map(({ id }) => ({ id })),
				parameters: { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
				node,
			});

			const done = sandbox.requests.filter(({ status }) => status === 200).map(({ path }) => path);
			expect(done.sort()).toStrictEqual(trunks.map(({ id }) => `/api/v1/sip-trunks/${id}`).sort());
		});
	},
);

describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'a credential that is spoilt between two tries, with %s',
	(onError) => {
		test('what the first try has made, and what it left in doubt, is told all the same', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: { status: 400 } });
			sandbox.fault({ on: 'create', nth: 3, play: 'lostReplyBefore' });
			const credential = credentialOf(sandbox);
			const { execution } = await start(sandbox, {
				items: [{ name: 'refused' }, { name: 'made' }, { name: 'in doubt' }],
				parameters: { ...create, options: { checkNumbers: false } },
				node: { onError, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
				credential,
			});
			// The list fails from here on, and so does the next try.
			time.onWait = () => void (credential.apiKey = '');
			const { run } = sceneOf(await execution);

			const told = (run.data.resultData.runData.Crazytel?.[0]?.data?.main ?? []).flatMap((output) => output ?? []);
			const of = (item: number) => told.find(({ pairedItem }) => (pairedItem as { item: number }).item === item)?.json;
			expect(of(0)?.error).toContain('API Key');
			expect(of(1)).toMatchObject({ id: sandbox.trunks()[0]?.id, description: 'made' });
			expect(of(2)?.error).toContain('It is unknown whether the trunk exists.');
			expect(countOf(sandbox, 'create')).toBe(3);
		});
	},
);

test('updates in doubt are counted in the error of Retry On Fail, also when the next try was refused', async () => {
	const items = [sandbox.addTrunk(), sandbox.addTrunk()].map(({ id }) => ({ id }));
	sandbox.fault({ on: 'update', times: 8, play: { status: 500 } });
	sandbox.fault({ on: 'update', nth: 9, times: 2, play: { status: 403 } });
	const { error } = await play(sandbox, {
		items,
		parameters: { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
		node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	});

	expect(error?.message).toMatch(
		/^Crazytel failed while changing the trunk \(500\)\..* 1 more may have been written; see the details\.$/,
	);
	expect(linesOf(error?.description)[0]).toMatch(
		/^Items 0, 1: Crazytel failed while changing the trunk \(500\)\..*Running it again is safe/,
	);
});
