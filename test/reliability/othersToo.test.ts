/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test does something meanwhile, as somebody else */
import type { IDataObject, INode } from 'n8n-workflow';

import type { Sandbox, StoredTrunk } from '../../sandbox';
import { countOf, credentialOf, hintsOf, play, type Scene, sceneOf, start, time } from '../engine/scene';
import { costOf, openAccount, shownOf } from '../trunks/account';

/** What others send and this process does not see is put into the account directly. */
const parameters = {
	operation: 'upsert',
	trunkDescription: '={{ $json.name }}',
	callerIdNumber: '61291234567',
	additionalFields: { areaCode: '02' },
	options: { checkNumbers: false },
};

let sandbox: Sandbox;

afterEach(async () => {
	time.onWait = undefined;
	await sandbox.close();
});

const names = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Customer ${index + 1}` }));

async function sync(
	items: IDataObject[],
	{ requestsPerMinute = 60, ...node }: Partial<INode> & { requestsPerMinute?: number } = {},
): Promise<Scene> {
	const credential = { ...credentialOf(sandbox), requestsPerMinute };
	return await play(sandbox, { items, parameters, node: { onError: 'continueErrorOutput', ...node }, credential });
}

/** Another program adds a trunk so long after now, as the driven clock goes. */
async function addAfter(ms: number, description: string): Promise<StoredTrunk> {
	const { clock } = jest.requireActual<{ clock: { wait(ms: number): Promise<void> } }>(
		'../../dist/nodes/Crazytel/api/clock.js',
	);
	await clock.wait(ms);
	return sandbox.addTrunk({ description, caller_id_number: '61291234567', area_code: '03' });
}

/** Does something when a request of this kind has come so often and is answered. */
function afterRequest(kind: 'create' | 'list', count: number, act: () => void): void {
	const { requests } = sandbox;
	const push = requests.push.bind(requests);
	requests.push = (...added) => {
		const length = push(...added);
		if (added.some((one) => one.kind === kind) && countOf(sandbox, kind) === count) act();
		return length;
	};
}

const withName = (name: string) => sandbox.trunks().filter(({ description }) => description === name);

describe('90 customers at 60 requests a minute', () => {
	test.each([10, 20, 30, 40, 50])(
		'somebody else creates customer 80 after %d seconds: it is found, and set',
		async (seconds) => {
			sandbox = await openAccount({ rateLimit: 60 });
			const added: Array<Promise<StoredTrunk>> = [];
			time.onWait = () => {
				time.onWait = undefined;
				added.push(addAfter(seconds * 1_000, 'Customer 80'));
			};
			const { good, failed } = await sync(names(90));
			const [trunk] = await Promise.all(added);

			expect(failed).toStrictEqual([]);
			expect(good).toHaveLength(90);
			expect(withName('Customer 80')).toMatchObject([{ id: trunk?.id, area_code: '02' }]);
			expect(sandbox.trunks()).toHaveLength(90);
			// At the start, when the second minute begins, and at the end.
			expect(costOf(sandbox).lists).toBe(3);
			expect(sandbox.requests.every(({ status }) => status !== 429)).toBe(true);
		},
	);

	test('somebody else creates customer 80 before the start: as ever', async () => {
		sandbox = await openAccount({ rateLimit: 60 });
		sandbox.addTrunk({ description: 'Customer 80' });
		await sync(names(90));
		expect(sandbox.trunks()).toHaveLength(90);
	});

	test.each(['none', 'seconds'] as const)(
		'without pacing, at a server that says 429 (Retry-After as %s): found as well',
		async (retryAfter) => {
			sandbox = await openAccount({ rateLimit: 60, retryAfter });
			time.onWait = () => {
				time.onWait = undefined;
				void addAfter(5_000, 'Customer 80');
			};
			const { failed } = await sync(names(90), { requestsPerMinute: 0 });
			expect(failed).toStrictEqual([]);
			expect(sandbox.trunks()).toHaveLength(90);
			expect(withName('Customer 80')).toMatchObject([{ area_code: '02' }]);
		},
	);

	test.each([10, 40])('somebody else creates 30 of them after %d seconds: they are set', async (seconds) => {
		sandbox = await openAccount({ rateLimit: 60, pageSize: 25 });
		time.onWait = () => {
			time.onWait = undefined;
			for (let count = 61; count <= 90; count++) void addAfter(seconds * 1_000, `Customer ${count}`);
		};
		const { failed } = await sync(names(90));
		expect(failed).toStrictEqual([]);
		expect(sandbox.trunks()).toHaveLength(90);
		expect(sandbox.trunks().every(({ area_code }) => area_code === '02')).toBe(true);
	});

	test('somebody else is faster with one of the first, in that very moment: that item alone fails', async () => {
		sandbox = await openAccount({ rateLimit: 60 });
		afterRequest('create', 3, () => void sandbox.addTrunk({ description: 'Customer 7', username: 'CT777777' }));
		const { good, failed } = await sync(names(90));
		expect(good).toHaveLength(89);
		expect(failed).toMatchObject([{ looked: 6, error: expect.stringContaining('CT777777') }]);
	});

	test('a run of six minutes reads one list more a minute', async () => {
		sandbox = await openAccount({ rateLimit: 60 });
		const { good } = await sync(names(300));
		expect(good).toHaveLength(300);
		expect(costOf(sandbox).lists).toBeLessThanOrEqual(8);
	});
});

test('what is created in the first minute costs one list before and one after', async () => {
	sandbox = await openAccount({ rateLimit: 60 });
	await sync(names(50));
	expect(costOf(sandbox)).toStrictEqual({ lists: 2, writes: 50 });
});

test('a run that makes nothing reads one list', async () => {
	sandbox = await openAccount({ rateLimit: 60 });
	for (const { name } of names(5)) sandbox.addTrunk({ description: name, area_code: '03' });
	await sync(names(5));
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 5 });
});

test('a dry run reads one list', async () => {
	sandbox = await openAccount();
	await play(sandbox, { items: names(5), parameters: { ...parameters, options: { dryRun: true } } });
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 0 });
});

test.each([1, 2, 3])(
	'%d requests a minute: every item is done, with one list each at most',
	async (requestsPerMinute) => {
		sandbox = await openAccount();
		const { good } = await sync(names(6), { requestsPerMinute });
		expect(good).toHaveLength(6);
		expect(countOf(sandbox, 'create')).toBe(6);
		// And one at the start, one at the end.
		expect(costOf(sandbox).lists).toBeLessThanOrEqual(8);
	},
);

describe('the list that is read again', () => {
	/** One create in the first minute, and one in the second; meanwhile this happens. */
	async function between(act: () => void, node: Partial<INode> = {}): Promise<Scene> {
		sandbox = await openAccount();
		time.onWait = () => {
			time.onWait = undefined;
			act();
		};
		return await sync([{ name: 'One' }, { name: 'Two' }], { requestsPerMinute: 2, ...node });
	}

	test('cannot be read: nothing is sent, and the item says so', async () => {
		const { good, failed } = await between(() => sandbox.fault({ on: 'list', times: 4, play: { status: 500 } }));

		expect(good).toMatchObject([{ description: 'One' }]);
		expect(failed).toMatchObject([
			{
				error: expect.stringMatching(
					/^Nothing was sent for this item\. It has waited for some time, and whether somebody else has made a trunk with its Description meanwhile could not be seen\. Crazytel failed while reading the list of trunks \(500\)/,
				),
			},
		]);
		expect(failed[0]?.error).not.toContain('It is unknown whether');
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test('shows two with the description: refused, in the words of the first look, and nothing is sent', async () => {
		const { failed } = await between(
			() => void ['CT111111', 'CT222222'].map((username) => sandbox.addTrunk({ description: 'Two', username })),
		);

		expect(failed).toMatchObject([
			{
				error:
					"Description 'Two' belongs to 2 trunks, and it is unknown which one is meant: CT111111, CT222222. Nothing was sent for this item. Give each of them a description of its own, or use Update.",
				details: { field: 'Description' },
			},
		]);
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test('shows one in a near form: refused', async () => {
		const { failed } = await between(() => void sandbox.addTrunk({ description: 'TWO', username: 'CT333333' }));
		expect(failed).toMatchObject([
			{
				error: expect.stringMatching(
					/^Description 'Two' belongs to no trunk, but one may have it in another form.*CT333333.*Nothing was sent for this item\. /,
				),
			},
		]);
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test.each<[string, () => void, RegExp]>([
		[
			'is not whole',
			() => sandbox.fault({ on: 'list', play: { status: 200, body: { trunks: [], has_more: true } } }),
			/^Create or Update cannot tell whether the trunk exists\..*Nothing was sent for this item\. /,
		],
		[
			'shows no descriptions',
			() => sandbox.fault({ on: 'list', play: { status: 200, body: [{ id: 'a' }, { id: 'b' }] } }),
			/its list of trunks shows no descriptions.*Nothing was sent for this item\. /,
		],
	])('%s: refused', async (_, act, words) => {
		const { failed } = await between(act);
		expect(failed).toMatchObject([{ error: expect.stringMatching(words) }]);
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test('is what a lost reply is looked for in: what others made before is not taken', async () => {
		const others = { caller_id_number: '61291234567', area_code: '02' };
		// It has another name when the list is read again, and the item's own when the reply is lost.
		const { failed } = await between(() => {
			const other = sandbox.addTrunk({ ...others, description: 'Another' });
			const list = () =>
				sandbox.trunks().map((trunk) => shownOf(trunk.id === other.id ? { ...trunk, description: 'Two' } : trunk));
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyBefore' });
			afterRequest('create', 2, () =>
				sandbox.fault({ on: 'list', nth: 1, times: 3, play: { status: 200, body: list() } }),
			);
		});

		expect(failed).toMatchObject([{ error: expect.stringContaining('No trace of the trunk was found') }]);
		expect(countOf(sandbox, 'create')).toBe(2);
	});

	test('finds the lost one beside what others made since the run began', async () => {
		const { good } = await between(() => {
			sandbox.addTrunk({ description: 'Another', caller_id_number: '61291234567', area_code: '02' });
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyAfter' });
		});
		expect(good).toMatchObject([{ description: 'One' }, { description: 'Two', recovered: true }]);
	});

	test('is shared by executions that wait at one time', async () => {
		sandbox = await openAccount();
		const scenes = await Promise.all(names(12).map(async (item) => await sync([item], { requestsPerMinute: 12 })));
		expect(scenes.flatMap(({ good }) => good)).toHaveLength(12);
		// One for each at its start and at its end, and one a minute beside them.
		expect(costOf(sandbox).lists).toBeLessThanOrEqual(24 + 4);
	});

	test('is not waited for any more when the execution is stopped', async () => {
		sandbox = await openAccount();
		const { execution } = await start(sandbox, {
			items: names(3),
			parameters,
			credential: { ...credentialOf(sandbox), requestsPerMinute: 2 },
		});
		time.onWait = () => execution.cancel();
		sceneOf(await execution);
		expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 1 });
	});
});

describe('somebody else creates the same at the same moment', () => {
	let other: StoredTrunk;

	/** The other one comes right after the create of this run. */
	async function twice(items: IDataObject[], node: Partial<INode> = {}, description = 'Acme'): Promise<Scene> {
		sandbox = await openAccount();
		afterRequest('create', 1, () => void (other = sandbox.addTrunk({ description, username: 'CT777777' })));
		return await sync(items, { requestsPerMinute: 0, ...node });
	}

	const own = () => sandbox.trunks().find(({ id }) => id !== other.id);

	test('the item fails, and names both, which is its own, and how to get a password; nothing is deleted', async () => {
		const { good, failed } = await twice([{ name: 'Acme' }, { name: 'Beta' }]);

		expect(good).toMatchObject([{ description: 'Beta' }]);
		expect(failed).toMatchObject([
			{
				looked: 0,
				error: `The trunk of this item, ${own()?.username} (${own()?.id}), was created, and now the Description 'Acme' stands on 2 trunks: also on CT777777 (${other.id}). Another run or program has created that at the same time. Nothing is deleted by this node: decide which one is to stay, and delete the other in the Crazytel portal. Until then every item with this Description fails. Their passwords are not shown here: set new ones with Rotate Password.`,
				details: { field: 'Description', parameter: 'trunkDescription' },
			},
		]);
		expect(sandbox.trunks()).toHaveLength(3);
		expect(JSON.stringify(failed)).not.toContain(own()?.password);
		expect(costOf(sandbox)).toStrictEqual({ lists: 2, writes: 2 });
	});

	test.each(['Acme\u00a0 ', 'Ac\u200bme'])('also in a form that looks the same (%j)', async (description) => {
		const { failed } = await twice([{ name: 'Acme' }], {}, description);
		expect(failed).toMatchObject([{ error: expect.stringContaining(other.id) }]);
	});

	test('in stop mode the run ends with that error', async () => {
		const { error } = await twice([{ name: 'Beta' }, { name: 'Acme' }], { onError: 'stopWorkflow' }, 'Beta');
		expect(error?.message).toMatch(
			/stands on 2 trunks: also on CT777777 .* 1 of 2 items was written; see the details for which\.$/,
		);
		expect(error?.description).toContain(`item 1: ${sandbox.trunks()[2]?.username}`);
	});

	test('the next night refuses it, and makes no third', async () => {
		await twice([{ name: 'Acme' }]);
		const { failed } = await sync([{ name: 'Acme' }], { requestsPerMinute: 0 });
		expect(failed).toMatchObject([{ error: expect.stringContaining('belongs to 2 trunks') }]);
		expect(sandbox.trunks()).toHaveLength(2);
	});

	describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'Retry On Fail with %s',
		(onError) => {
			const retries: Partial<INode> = { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const words = ({ run, failed, error }: Scene) =>
				String(
					error?.message ??
						failed[0]?.error ??
						run.data.resultData.runData.Crazytel?.[0]?.data?.main?.[0]?.[0]?.json.error,
				);

			test('makes no third, and is no success while there are two', async () => {
				const scene = await twice([{ name: 'Acme' }], retries);
				expect(words(scene)).toContain('stands on 2 trunks');
				expect(sandbox.trunks()).toHaveLength(2);
				expect(countOf(sandbox, 'create')).toBe(1);
				// One before, and one after each of the three tries.
				expect(costOf(sandbox).lists).toBe(4);
			});

			test('nor where a later list cannot be read', async () => {
				sandbox = await openAccount();
				afterRequest('create', 1, () => {
					other = sandbox.addTrunk({ description: 'Acme', username: 'CT777777' });
					sandbox.fault({ on: 'list', nth: 2, times: 50, play: { status: 500 } });
				});
				const scene = await sync([{ name: 'Acme' }], { requestsPerMinute: 0, ...retries });
				expect(words(scene)).toContain('stands on 2 trunks');
			});

			test('is a success, with the password, once the other one is gone', async () => {
				sandbox = await openAccount();
				afterRequest('create', 1, () => void (other = sandbox.addTrunk({ description: 'Acme' })));
				const removed = new Promise<void>((resolve) =>
					afterRequest('list', 2, () => {
						setImmediate(() => {
							void fetch(`${sandbox.url}/api/v1/sip-trunks/${other.id}`, {
								method: 'DELETE',
								headers: { 'x-crazytel-api-key': sandbox.apiKey },
							}).then(() => resolve());
						});
					}),
				);
				const scene = await sync([{ name: 'Acme' }], { requestsPerMinute: 0, ...retries, waitBetweenTries: 200 });
				await removed;
				expect(scene.good).toMatchObject([{ id: sandbox.trunks()[0]?.id, password: sandbox.trunks()[0]?.password }]);
				expect(countOf(sandbox, 'create')).toBe(1);
			});
		},
	);
});

describe('whether somebody else has created the same', () => {
	const UNCHECKED =
		/^1 trunk was created, and it could not be checked whether another run or program has created one with the same Description meanwhile\. /;

	test.each<[string, () => void]>([
		['the list cannot be read', () => sandbox.fault({ on: 'list', nth: 2, times: 9, play: { status: 500 } })],
		[
			'the list is not whole',
			() =>
				sandbox.fault({ on: 'list', nth: 2, times: 9, play: { status: 200, body: { trunks: [], has_more: true } } }),
		],
		[
			'the list does not show it',
			() =>
				sandbox.fault({
					on: 'list',
					nth: 2,
					times: 9,
					play: { status: 200, body: [{ id: 'a', description: 'Other' }] },
				}),
		],
	])('cannot be said where %s: the item is a success, with a hint', async (_, act) => {
		sandbox = await openAccount();
		act();
		const scene = await sync([{ name: 'Acme' }]);
		expect(scene.good).toMatchObject([{ id: sandbox.trunks()[0]?.id, password: sandbox.trunks()[0]?.password }]);
		expect(hintsOf(scene).filter((hint) => UNCHECKED.test(hint))).toHaveLength(1);
	});

	test('is seen in a list that lags by seconds, too', async () => {
		sandbox = await openAccount({ listLagMs: 3_000 });
		afterRequest('create', 1, () => void sandbox.addTrunk({ description: 'Acme', username: 'CT777777' }));
		const { failed } = await sync([{ name: 'Acme' }]);
		expect(failed).toMatchObject([{ error: expect.stringContaining('CT777777') }]);
	});

	test('nobody has, in a list that lags by seconds: no hint of it', async () => {
		sandbox = await openAccount({ listLagMs: 3_000 });
		const scene = await sync([{ name: 'Acme' }]);
		expect(hintsOf(scene)).toStrictEqual([expect.stringMatching(/^Generated passwords are shown only here/)]);
		expect(costOf(sandbox).lists).toBe(4);
	});

	test('is not asked after Stop', async () => {
		sandbox = await openAccount();
		const { execution } = await start(sandbox, {
			items: [{ name: 'Acme' }, { name: 'Beta' }],
			parameters,
			node: { onError: 'continueErrorOutput' },
		});
		afterRequest('create', 1, () => execution.cancel());
		sceneOf(await execution);
		expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 1 });
	});

	test('is not asked of the operation Create', async () => {
		sandbox = await openAccount();
		await play(sandbox, {
			items: [{ name: 'Acme' }],
			parameters: { operation: 'create', callerIdNumber: '61291234567', options: { checkNumbers: false } },
		});
		expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 1 });
	});
});
