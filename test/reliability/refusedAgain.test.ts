import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Play, type Sandbox, startSandbox } from '../../sandbox';
import { countOf, hintsOf, play, type Scene, time } from '../engine/scene';

const trunk = { __rl: true, mode: 'id', value: '={{ $json.id }}' } as unknown as string;
const suspend = { operation: 'suspend', trunk };
const rotate = { operation: 'rotatePassword', trunk };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});

afterEach(async () => await sandbox.close());

async function run(parameters: INodeParameters, items: IDataObject[], node = {}): Promise<Scene> {
	return await play(sandbox, { items, parameters, node: { onError: 'continueErrorOutput', ...node } });
}

const ENTERED = 'Entered1Word';

const DOUBTS = ['lostReplyAfter', 'error500After', 'cutOff'] as const;
const refusal = (status: number, detail: string): Play => ({ status, body: { detail } });

const REFUSALS: Array<[number, string]> = [
	[409, 'Trunk is already suspended'],
	[400, 'already suspended'],
	[422, 'Nothing to change: it is suspended already'],
];

describe.each(DOUBTS)('a change in doubt (%s)', (doubt) => {
	test.each(REFUSALS)('whose repetition is refused (%d %s) is done, as the list shows it', async (status, words) => {
		const { id } = sandbox.addTrunk({ enabled: true });
		sandbox.fault({ on: 'update', play: doubt });
		sandbox.fault({ on: 'update', nth: 2, times: 9, play: refusal(status, words) });
		const scene = await run(suspend, [{ id }]);

		expect(scene.failed).toStrictEqual([]);
		expect(scene.good).toMatchObject([{ id, enabled: false }]);
		expect(hintsOf(scene).join()).toContain(words);
	});

	test('is unknown where there is no list', async () => {
		const { id } = sandbox.addTrunk({ enabled: true });
		sandbox.set({ trunkListEndpoint: 404 });
		sandbox.fault({ on: 'update', play: doubt });
		sandbox.fault({ on: 'update', nth: 2, times: 9, play: refusal(409, 'already suspended') });
		const { failed } = await run(suspend, [{ id }]);
		expect(String(failed[0]?.error)).toMatch(
			/The first try may have been carried out.*It is unknown whether the change was made/,
		);
	});

	test('of a generated password shows it, with the words that it may be in effect', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'update', play: doubt });
		sandbox.fault({ on: 'update', nth: 2, times: 9, play: refusal(422, 'must differ from the last 5 passwords') });
		const scene = await run(rotate, [{ id }]);

		expect(scene.good[0]?.password).toBe(sandbox.trunks()[0]?.password);
		expect(scene.good[0]?.warning).toMatch(
			/^It is unknown whether this is in effect: Password\. .*must differ from the last 5/,
		);
		expect(hintsOf(scene).join()).toContain('It is unknown whether this is in effect: Password.');
	});

	test('of an entered password says that it is unknown, and shows none', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'update', play: doubt });
		sandbox.fault({ on: 'update', nth: 2, times: 9, play: refusal(422, 'must differ from the last 5 passwords') });
		const scene = await run({ ...rotate, passwordSource: 'enter', password: ENTERED }, [{ id }]);

		expect(String(scene.failed[0]?.error)).toMatch(/It is unknown whether the trunk has its new password/);
		expect(JSON.stringify(scene.failed)).not.toContain(ENTERED);
	});

	test('is not hidden by Retry On Fail either', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.set({ trunkListEndpoint: 404 });
		sandbox.fault({ on: 'update', times: 4, play: doubt });
		sandbox.fault({ on: 'update', nth: 5, times: 9, play: refusal(409, 'already suspended') });
		const { told } = await run(suspend, [{ id }], {
			onError: 'stopWorkflow',
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(told).toContain('It is unknown whether the change was made');
	});
});

test('what was not carried out is not told as done', async () => {
	const { id } = sandbox.addTrunk({ enabled: true });
	sandbox.fault({ on: 'update', play: 'lostReplyBefore' });
	sandbox.fault({ on: 'update', nth: 2, times: 9, play: refusal(400, 'Trunk is locked') });
	const { good, failed } = await run(suspend, [{ id }]);
	expect(good).toStrictEqual([]);
	expect(String(failed[0]?.error)).toMatch(
		/"Trunk is locked".*By the list of trunks, the trunk is still enabled\..*It is unknown/,
	);
});

test.each(DOUBTS.filter((doubt) => doubt !== 'cutOff'))(
	'a delete in doubt (%s) whose repetition is refused is done, as the list shows',
	async (doubt) => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'delete', play: doubt });
		sandbox.fault({ on: 'delete', nth: 2, times: 9, play: refusal(409, 'Trunk is already deleted') });
		expect((await run({ operation: 'delete', trunk }, [{ id }])).good).toMatchObject([{ deleted: true }]);
	},
);

test('a create that was made, and is then told to exist, is found and never sent again', async () => {
	sandbox.fault({ on: 'create', play: { status: 409, after: true, body: { detail: 'description exists' } } });
	const { failed } = await run({ operation: 'create', callerIdNumber: '61291234567', trunkDescription: 'Acme' }, [{}]);
	// A refusal with no doubt before it is believed: it is another one's description.
	expect(String(failed[0]?.error)).toContain('description exists');
	expect(countOf(sandbox, 'create')).toBe(1);
});

describe('what is busy', () => {
	test.each<[number, string]>([
		[409, 'another operation in progress'],
		[423, 'Locked'],
		[409, ''],
	])('(%d %s) is waited for, by this item alone', async (status, detail) => {
		const items = Array.from({ length: 3 }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
		sandbox.fault({ on: 'update', times: 3, play: { status, body: { detail } } });
		const before = time.waits.length;
		const scene = await run(suspend, items);

		expect(scene.failed).toStrictEqual([]);
		expect(sandbox.trunks().filter(({ enabled }) => enabled)).toStrictEqual([]);
		expect(countOf(sandbox, 'update')).toBe(6);
		// Of a 429 all would wait ten seconds.
		expect(Math.max(...time.waits.slice(before))).toBeLessThan(10_000);
	});

	test('is sent again for a create too: it was not done', async () => {
		sandbox.fault({ on: 'create', times: 2, play: { status: 423 } });
		const { good } = await run({ operation: 'create', callerIdNumber: '61291234567' }, [{}]);
		expect(good).toHaveLength(1);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('for long is told as that, and ends no other item', async () => {
		const [one, ...others] = Array.from({ length: 12 }, () => sandbox.addTrunk({ enabled: true }).id);
		sandbox.fault({ on: 'update', times: 4, play: { status: 423 } });
		const first = await run(suspend, [{ id: one }]);
		expect(String(first.failed[0]?.error)).toMatch(
			/^Crazytel is busy with something else and did not take this: changing the trunk \(423\)\./,
		);
		expect(
			(
				await run(
					suspend,
					others.map((id) => ({ id })),
				)
			).good,
		).toHaveLength(11);
	});
});

describe('a web page in the place of an answer', () => {
	const page = (status: number): Play => ({
		status,
		body: '<html><title>Just a moment</title></html>',
		headers: { 'content-type': 'text/html' },
	});

	test.each([401, 403, 503])('(%d) is waited out', async (status) => {
		const { id } = sandbox.addTrunk({ enabled: true });
		sandbox.fault({ on: 'update', times: 3, play: page(status) });
		expect((await run(suspend, [{ id }])).good).toMatchObject([{ id, enabled: false }]);
	});

	test.each([401, 403, 407, 503])('(%d) that stays is said to be what it is, and ends nobody else', async (status) => {
		const items = Array.from({ length: 14 }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
		// The first four are held up in all of their tries.
		sandbox.fault({ on: 'update', times: 16, play: page(status) });
		const scene = await run(suspend, items.slice(0, 4));
		expect(scene.failed).toHaveLength(4);
		for (const { error } of scene.failed) {
			expect(String(error)).not.toContain('does not accept the API key');
			expect(String(error)).not.toContain('Not sent');
			expect(String(error)).toContain('"Just a moment"');
		}
		sandbox.clearFaults();
		expect((await run(suspend, items.slice(4))).failed).toStrictEqual([]);
	});
});
