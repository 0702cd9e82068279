import fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import { type FaultRule, startSandbox, type Sandbox, type Switches } from '../../sandbox';
import { credentialOf, type Scene, sceneOf, start, time } from '../engine/scene';
import { type Told, toldOf } from '../promises/told';
import { LONG, runs } from '../properties';
import { faultsOn, FORMS, quick, setUpPlots, tries, untilOver } from './plots';
import { mayBe } from './told';

setUpPlots();

/** Numbers that can be bought, one that the account has from the start, and one that nobody sells. */
const OFFERED = ['61291110000', '61391110000', '61491110000'];
const OWNED = '61791110000';
const MISSING = '61891110000';

/** Everything that may go wrong in some executions of one process. */
interface Script {
	/** The numbers of each execution's items, as they are written. */
	executions: string[][];
	/** Whether they run at once. */
	atOnce: boolean;
	faults: FaultRule[];
	switches: Partial<Switches>;
	onError: (typeof FORMS)[number];
	maxTries?: number | undefined;
	stopAtRequest?: number | undefined;
	requestsPerMinute: number;
}

const written = fc.constantFrom(...OFFERED, ...OFFERED, '+61 2 9111 0000', '(02) 9111 0000', OWNED, MISSING);

const switches: fc.Arbitrary<Partial<Switches>> = fc.record(
	{
		ownedListSlash: fc.boolean(),
		ownedListOther: fc.constantFrom<Switches['ownedListOther'][]>(307, 404, 405),
		numberListShape: fc.constantFrom('bare', 'wrapped'),
		numberKey: fc.constantFrom('did_number', 'number', 'did', 'phone_number'),
		numberIds: fc.boolean(),
		ownedListLagMs: fc.constantFrom(0, 0, 1_500, 30_000),
		balance: fc.constantFrom(1_000, 1_000, 10),
		pageSize: fc.constantFrom(0, 0, 2),
		errorShape: fc.constantFrom('detail', 'html', 'empty'),
		rateLimit: fc.constantFrom(0, 0, 4),
	},
	{ requiredKeys: [] },
);

function scripts(
	more: Partial<Record<'maxTries' | 'stopAtRequest', fc.Arbitrary<number | undefined>>> = {},
): fc.Arbitrary<Script> {
	return fc.record({
		executions: fc.array(fc.array(written, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
		atOnce: fc.boolean(),
		faults: faultsOn(['purchase', 'purchase', 'purchase', 'ownedNumbers', 'any'], quick),
		switches,
		onError: fc.constantFrom(...FORMS),
		requestsPerMinute: fc.constantFrom(0, 0, 3),
		maxTries: fc.constant(undefined),
		stopAtRequest: fc.constant(undefined),
		...more,
	});
}

const digits = (number: string) => `61${number.replace(/\D/g, '').replace(/^(?:61|0)/, '')}`;

const parameters = {
	resource: 'phoneNumber',
	operation: 'buy',
	number: '={{ $json.number }}',
	addressId: 'a1f0c3d2-1111-4a11-8a11-0000000000a1',
	ownerId: 'b2e0c3d2-1111-4b11-8b11-0000000000b1',
	route: 'device',
	destination: 'CT100001',
	acceptCharge: true,
};

/** Every promise about buying. The sandbox sells a number as often as it is asked to, so only the node keeps it from that. */
async function keepsItsWord(script: Script): Promise<void> {
	const { executions, atOnce, faults, onError, maxTries, stopAtRequest, requestsPerMinute } = script;
	let looks = 0;
	let press = (): void => {};
	const sandbox = await startSandbox({
		now() {
			if (++looks === stopAtRequest) press();
			return time.now();
		},
		switches: { rateLimit: 0, sellsTwice: true, ...script.switches },
	});
	try {
		for (const did_number of OFFERED) sandbox.numbers.offer({ did_number });
		sandbox.numbers.offer({ did_number: OWNED });
		sandbox.numbers.add({ did_number: OWNED });
		for (const fault of faults) sandbox.fault(fault);
		const run = async (numbers: string[]): Promise<Scene> => {
			const { execution } = await start(sandbox, {
				items: numbers.map((number) => ({ number })),
				parameters,
				node: { onError, ...(maxTries !== undefined && { retryOnFail: true, maxTries, waitBetweenTries: 1 }) },
				credential: { ...credentialOf(sandbox), requestsPerMinute },
			});
			press = () => execution.cancel();
			return sceneOf(await execution);
		};
		const scenes: Scene[] = [];
		if (atOnce) scenes.push(...(await Promise.all(executions.map(run))));
		else for (const numbers of executions) scenes.push(await run(numbers));
		// What was stopped may still be under way.
		if (stopAtRequest !== undefined) await sleep(20);
		const told = executions.flatMap((numbers, index) => {
			const scene = scenes[index];
			const said: Told[] = scene === undefined ? [] : toldOf(scene, numbers.length);
			return numbers.map((number, row) => ({ number: digits(number), said: said[row] ?? { words: 'It is unknown' } }));
		});
		check(sandbox, told, isWithoutList(script));
	} finally {
		await sandbox.close();
	}
}

/** Without a list before a purchase nobody can tell whose number it finds afterwards. */
function isWithoutList({ faults, switches: { pageSize = 0 } }: Script): boolean {
	return pageSize > 0 || faults.some(({ on }) => on === 'ownedNumbers' || on === 'any');
}

function check(sandbox: Sandbox, told: Array<{ number: string; said: Told }>, isWithout: boolean): void {
	const bought = sandbox.numbers.purchases();
	const times = (number: string) => bought.filter(({ did_number }) => did_number === number).length;
	for (const number of OFFERED) expect([number, times(number)]).toStrictEqual([number, Math.min(times(number), 1)]);
	// Where the list could be read, what it shows is not bought.
	if (!isWithout) expect(times(OWNED)).toBe(0);

	const own = new Set(sandbox.numbers.owned().map(({ did_number }) => did_number));
	const claims = new Map<string, number>();
	for (const { number, said } of told) {
		// One that was bought and is listed otherwise has a warning.
		if ('words' in said && !said.words.includes('was bought, but by the list')) continue;
		// What is told as bought, found or owned is there.
		expect([number, own.has(number)]).toStrictEqual([number, true]);
		const [output] = 'words' in said || said.gave === 'written' ? [] : said.gave;
		if (output?.alreadyOwned === true) continue;
		claims.set(number, (claims.get(number) ?? 0) + 1);
	}
	const costOf = (number: string) => sandbox.numbers.sold().find(({ did_number }) => did_number === number);
	const isOpen = (number: string) =>
		told.some((one) => one.number === number && 'words' in one.said && mayBe(one.said.words));
	// The money: each purchase is told once, or left open.
	const spent = bought.reduce((sum, { cost }) => sum + cost, 0);
	const toldOfMoney = [...new Set(bought.map(({ did_number }) => did_number))].reduce((sum, number) => {
		const { setup_cost = 0, monthly_cost = 0 } = costOf(number) ?? {};
		return claims.has(number) || isOpen(number) ? sum + setup_cost + monthly_cost : sum;
	}, 0);
	if (!isWithout) expect(toldOfMoney).toBe(spent);
	for (const [number, count] of claims) {
		if (number !== OWNED) expect([number, count, times(number)]).toStrictEqual([number, 1, 1]);
	}
}

describe('buying, whatever goes wrong', () => {
	test.each([
		['in one try', scripts()],
		['with Retry On Fail', scripts({ maxTries: tries })],
		[
			'with Stop pressed',
			scripts({ maxTries: fc.option(tries, { nil: undefined }), stopAtRequest: fc.integer({ min: 1, max: 25 }) }),
		],
	])(
		'%s: a number is bought once at most, and what is said of the money is true',
		async (_, script) => {
			await fc.assert(
				fc.asyncProperty(script, async (one) => await untilOver(keepsItsWord(one))),
				runs(20),
			);
		},
		LONG,
	);

	test('with nothing in the way every item has its number, and one that two items name is bought once', async () => {
		const calm: Script = {
			executions: [[OFFERED[0] ?? '', '(02) 9111 0000', OWNED]],
			atOnce: false,
			faults: [],
			switches: {},
			onError: 'continueRegularOutput',
			requestsPerMinute: 0,
		};
		await keepsItsWord(calm);
		await keepsItsWord({ ...calm, executions: [OFFERED, OFFERED], atOnce: true });
	});
});
