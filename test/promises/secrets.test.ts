import { capturedLog } from '../reliability/capturedLog';

import type { Play } from '../../sandbox';
import type { Scene } from '../engine/scene';
import { leaks } from '../hostile/attack';
import { enteredPassword, SEEDED_PASSWORD, type Server } from './example';
import { cases, isSecret, oneOfEachKind, play, writers } from './stage';
import { expectTruth, toldOf } from './told';

/** Characters that JSON, URLs and HTML each write another way. */
const API_KEY = 'Canary-key/+"&<7>e';

/** In free text only what was sent can be known for what it is; a password that was not is known by its name. */
const REFUSED = { detail: `Key ${API_KEY} may not do this`, input: { password: SEEDED_PASSWORD } };

type Failure = Play | 'refused connection' | undefined;

/** What differs between operations: their own words, and what they send. */
const MET_BY_ALL: Array<[string, Failure]> = [
	['success', undefined],
	['a refusal (400)', { status: 400, body: REFUSED }],
	['a missing thing (404)', { status: 404, body: REFUSED }],
	['a 422 that echoes what was sent', 'echo422'],
	['a failure behind the API (500)', { status: 500, body: REFUSED, after: true }],
	['a lost reply', 'lostReplyAfter'],
];

/** What the client tells alike for all of them. */
const ALIKE: Array<[string, Failure]> = [
	['a refused key (401)', { status: 401, body: REFUSED }],
	['the limit (429)', { status: 429, body: REFUSED }],
	['a web page', 'html'],
	['an answer that is cut off', 'cutOff'],
	['a refused connection', 'refused connection'],
];

const MODES = ['stopWorkflow', 'continueErrorOutput'] as const;

let server: Server;

beforeEach(() => {
	capturedLog.length = 0;
});

afterEach(async () => {
	await server.close();
});

/** Every secret that was there, entered, or generated and sent, in all the forms that a value may be written in. */
function secretsOf({ requests }: Server): string[] {
	const sent = requests.flatMap(({ body }) => Object.entries(body ?? {}).filter(([name]) => isSecret(name)));
	const secrets = [
		API_KEY,
		SEEDED_PASSWORD,
		...[0, 1, 2].map(enteredPassword),
		...sent.map(([, value]) => String(value)),
	];
	return [...new Set(secrets)].flatMap((secret) => [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		Buffer.from(secret).toString('base64'),
		Buffer.from(secret).toString('base64url'),
		Buffer.from(secret).toString('hex'),
		secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
	]);
}

/** The one place for a password that was generated or asked for: that field of an output, here and behind the node. */
const isOutput = (leak: string) =>
	/^\.data\.resultData\.runData\.(?:Crazytel|Good)\.0\.data\.main\.0\.\d+\.json\.password: /.test(leak);

function expectNoSecret(account: Server, { run }: Scene, isAllowed: (leak: string) => boolean = () => false): void {
	const secrets = secretsOf(account);
	expect(leaks(run, secrets).filter((leak) => !isAllowed(leak))).toStrictEqual([]);
	const log = capturedLog.join('\n');
	expect(log).toContain('Running node "Crazytel"');
	expect(secrets.filter((secret) => log.includes(secret))).toStrictEqual([]);
}

const failures = [
	...MET_BY_ALL.map(([name, failure], index) => ({ name, failure, index, some: cases })),
	...ALIKE.map(([name, failure], index) => ({ name, failure, index, some: oneOfEachKind(index) })),
];

describe.each(failures)('no secret is shown, stored or logged after $name', ({ failure, index, some }) => {
	// Every example meets both modes, and every failure does.
	const inModes = some.map((example, place) => ({ example, onError: MODES[(index + place) % 2] }));

	test.each(inModes)('$example.name, $onError', async ({ example, onError }) => {
		const account = (server = await example.open({ apiKey: API_KEY }));
		if (failure === 'refused connection') await account.refuse();
		// The first item is written, so that what a report says of it is searched as well.
		else if (failure !== undefined)
			account.fault({ on: example.on, nth: example.effect === 'read' ? 1 : 2, times: 100, play: failure });
		const scene = await play(account, example, { node: { onError } });

		expectTruth(example, account, toldOf(scene, 3));
		const isUndisturbed =
			scene.error === undefined && !JSON.stringify([scene.failed, scene.good]).match(/"error":|"recovered":/);
		expect(isUndisturbed).toBe(failure === undefined);
		expectNoSecret(account, scene, (leak) => example.showsPassword === true && isOutput(leak));
	});
});

test.each(writers)(
	'no secret is shown, stored or logged by a dry run, not even one that is asked for: $name',
	async (example) => {
		const account = (server = await example.open({ apiKey: API_KEY }));
		expectNoSecret(account, await play(account, example, { options: { dryRun: true } }));
	},
);
