/* Errors stand in n8n's places: what happened in the headline, what to do below, and all of it in a failed item. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Sandbox, startSandbox } from '../../sandbox';
import { itemsOf } from '../../engine';
import { hintsOf, linesOf, play, time, writes } from './scene';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const EVIL = '<a href="https://evil.example">R&D</a> `x`';
const ON_ERROR = (others: string) =>
	`With On Error set to Continue, in the Settings of this node, the other ${others} would be done.`;

/** Seven rows of a table, of which the fourth alone is right. */
const ROWS = [
	{ phone: 'ask Jim', name: 'A' },
	{ phone: '0299999999', name: 'B' },
	{ phone: 'ask Jim', name: 'C' },
	{ phone: '0412 345 678', name: 'D' },
	{ phone: '0412 345 678', name: 'two\nlines' },
	{ phone: EVIL, name: 'F' },
	{ phone: 'ask Jim', name: 'G' },
];
const create: INodeParameters = {
	operation: 'create',
	callerIdNumber: '={{ $json.phone }}',
	trunkDescription: '={{ $json.name }}',
};
const suspend: INodeParameters = {
	operation: 'suspend',
	trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } as never,
};

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});

afterEach(async () => {
	await sandbox.close();
});

describe('the headline says what happened, and below it stands what to do', () => {
	test.each<[string, INodeParameters, IDataObject, string, string[]]>([
		[
			'a value that cannot be read',
			create,
			{ phone: 'ask Jim' },
			"Caller ID 'ask Jim' cannot be read as a phone number.",
			['Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.', 'Nothing was written.'],
		],
		[
			'several fields',
			{
				...create,
				additionalFields: { areaCode: '9', enabled: '={{ $json.none }}', hideCallerId: '={{ $json.none }}' },
			},
			{ phone: '9123 4567' },
			"Area Code '9' is not an Australian area code. Caller ID '9123 4567' cannot be read as a phone number: it has no area code. Enabled is empty. Hide Caller ID is empty.",
			[
				'Area Code: Use 02, 03, 07 or 08.',
				'Caller ID: Put 02, 03, 07 or 08 in front.',
				'Enabled, Hide Caller ID: Fill it in, or remove the field. An expression may have found nothing in this item: for an unticked box write {{ $json.Active ?? false }}.',
				'Nothing was written.',
			],
		],
		[
			'an answer of the API',
			suspend,
			{ id: ID },
			`Trunk '${ID}' does not exist in this account (404). Crazytel says: "SIP trunk not found".`,
			[
				'Check its ID, or choose it again; it may have been deleted. If every trunk is missing, check the Base URL in the credential.',
			],
		],
	])('%s', async (_, parameters, item, headline, below) => {
		const { error } = await play(sandbox, { items: [item], parameters });
		expect(error?.message).toBe(headline);
		expect(linesOf(error?.description)).toStrictEqual(below);
	});

	test('that it is unknown what came of a write is in the headline: a toast shows nothing else', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'update', times: 4, play: 'lostReplyAfter' });
		const { error } = await play(sandbox, { items: [{ id }], parameters: suspend });

		expect(error?.message).toMatch(/It is unknown whether the change was made\.$/);
		expect(linesOf(error?.description)).toStrictEqual(['Running it again is safe: it sets the same values.']);
	});

	test('of an expression that fails it names the field', async () => {
		const { error } = await play(sandbox, {
			items: [{}],
			parameters: { ...create, callerIdNumber: '={{ $("None").item.json.phone }}' },
		});
		expect(error?.message).toBe("Caller ID Name or ID: the expression failed. Referenced node doesn't exist");
		expect(linesOf(error?.description)).toStrictEqual(['Nothing was written.']);
	});
});

describe('many bad rows', () => {
	test('are a list: each way in which they are bad once, with its items and what to do', async () => {
		const { error } = await play(sandbox, { items: ROWS, parameters: create });

		expect(error?.context.itemIndex).toBe(0);
		expect(error?.message).toBe(
			"Caller ID 'ask Jim' cannot be read as a phone number. 5 more items cannot be used; see the details.",
		);
		expect(error?.description).toMatch(
			/^Nothing was written: 6 of 7 items cannot be used \(counted from 0\):<ul>(?:<li>[^<>]+<\/li>){4}<\/ul>With On Error/,
		);
		expect(linesOf(error?.description)).toStrictEqual([
			'Nothing was written: 6 of 7 items cannot be used (counted from 0):',
			"Items 0, 2, 6: Caller ID 'ask Jim' cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.",
			expect.stringMatching(
				/^Item 1: Caller ID '0299999999' \(read as 61299999999\) is not verified for this account\. Use one of the verified numbers: /,
			),
			"Item 4: Description 'two<U+000A>lines' has a line break or another control character. Make it one line of text.",
			`Item 5: Caller ID '${EVIL.slice(0, 40)}…' cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.`,
			ON_ERROR('item'),
		]);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('that are all bad alike are told of once, and no other item is promised', async () => {
		const { error } = await play(sandbox, {
			items: [{ phone: '1' }, { phone: '1' }, { phone: '1' }],
			parameters: create,
		});
		expect(error?.message).toMatch(/^Caller ID '1' cannot be read as a phone number/);
		expect(linesOf(error?.description)).toStrictEqual([
			expect.any(String),
			'Nothing was written: it is so for all 3 items.',
		]);
	});

	test('what the sentence on On Error says is so', async () => {
		const { good, failed } = await play(sandbox, {
			items: ROWS,
			parameters: create,
			node: { onError: 'continueErrorOutput' },
		});
		expect(good.map(({ looked }) => looked)).toStrictEqual([3]);
		expect(failed).toHaveLength(6);
	});

	test('of 300 the first twenty ways are told', async () => {
		const { error } = await play(sandbox, {
			items: Array.from({ length: 300 }, (_, index) => ({ phone: `x${index}` })),
			parameters: create,
		});
		const lines = linesOf(error?.description);
		expect(lines).toHaveLength(22);
		expect(lines.at(-1)).toBe('And 280 more.');
	});
});

describe('a run that ends half-way', () => {
	test('lists what was written, what failed alike, and says how the others would be done', async () => {
		const trunks = Array.from({ length: 13 }, () => sandbox.addTrunk());
		sandbox.fault({ on: 'update', nth: 1, times: 2, play: { status: 400, body: { detail: EVIL } } });
		const { error } = await play(sandbox, { items: trunks.map(({ id }) => ({ id })), parameters: suspend });
		const lines = linesOf(error?.description);

		expect(error?.message).toMatch(
			/^Crazytel refused changing the trunk \(400\)\. Crazytel says: "‹a href="https:\/\/evil\.example"›R&D‹\/a› `x`"\. \d+ of 13 items were written; see the details for which\.$/,
		);
		expect(lines[0]).toMatch(
			/^Items \d+, \d+: Crazytel refused changing the trunk \(400\)\. Crazytel says: "<a href="https:\/\/evil\.example">R&D<\/a> `x`"\. Check the values and run again\.$/,
		);
		const disabled = sandbox.trunks().filter(({ enabled }) => !enabled);
		const unsent = 13 - 2 - disabled.length;
		expect(lines.slice(1, 3)).toStrictEqual([
			`Not sent: ${unsent} item${unsent === 1 ? '' : 's'}.`,
			ON_ERROR(unsent === 1 ? 'item' : `${unsent} items`),
		]);
		expect(lines[3]).toBe('Already written (items counted from 0):');
		expect(lines.slice(4)).toStrictEqual(
			disabled.map(({ id, username }) => `item ${trunks.findIndex((trunk) => trunk.id === id)}: ${username} ${id}`),
		);
	});

	test('because of the key promises nothing of the others', async () => {
		const trunks = Array.from({ length: 13 }, () => sandbox.addTrunk());
		sandbox.fault({ on: 'update', times: 99, play: { status: 401 } });
		const { error, told } = await play(sandbox, { items: trunks.map(({ id }) => ({ id })), parameters: suspend });
		expect(error?.message).toMatch(/^Crazytel does not accept the API key \(401\)\./);
		expect(told).not.toContain('On Error');
	});
});

describe('a failed item has all of the words, as plain text', () => {
	test.each(['continueErrorOutput', 'continueRegularOutput'] as const)('with %s', async (onError) => {
		const { run } = await play(sandbox, { items: ROWS, parameters: create, node: { onError } });
		const errors = itemsOf(run, 'Crazytel')
			.concat(run.data.resultData.runData.Crazytel?.[0]?.data?.main?.[1] ?? [])
			.flatMap(({ json }) => (json.error === undefined ? [] : [json]));

		expect(errors.map(({ error }) => error)).toStrictEqual([
			"Caller ID 'ask Jim' cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.",
			expect.stringMatching(
				/^Caller ID '0299999999' \(read as 61299999999\) is not verified for this account\. Use one of the verified numbers: 61291234567, /,
			),
			"Caller ID 'ask Jim' cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.",
			"Description 'two<U+000A>lines' has a line break or another control character. Make it one line of text.",
			`Caller ID '${EVIL.slice(0, 40)}…' cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.`,
			"Caller ID 'ask Jim' cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.",
		]);
		for (const { details } of errors)
			expect(Object.keys(details as object).sort()).toStrictEqual(['field', 'parameter']);
	});

	test('also of an answer whose outcome is unknown', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'update', times: 4, play: { status: 500, body: { detail: EVIL } } });
		const { failed } = await play(sandbox, {
			items: [{ id }],
			parameters: suspend,
			node: { onError: 'continueErrorOutput' },
		});
		expect(failed).toMatchObject([
			{
				error: `Crazytel failed while changing the trunk (500). Crazytel says: "${EVIL}". It is unknown whether the change was made. Running it again is safe: it sets the same values.`,
				details: { httpCode: '500' },
			},
		]);
		expect(failed[0]?.details).toStrictEqual({ httpCode: '500', mayHaveActed: true });
	});
});

describe('a number stands as it was written, beside the one that is sent', () => {
	test.each<[string, INodeParameters, IDataObject, string]>([
		[
			'with spaces',
			create,
			{ phone: '(02) 9999 9999' },
			"Caller ID '(02) 9999 9999' (read as 61299999999) is not verified",
		],
		[
			'a zero that was lost',
			create,
			{ phone: 299999999 },
			"Caller ID '299999999' (read as 61299999999) is not verified",
		],
		['as it is sent', create, { phone: ' 61299999999 ' }, "Caller ID '61299999999' is not verified"],
		['a number as it is sent', create, { phone: 61299999999 }, "Caller ID '61299999999' is not verified"],
		[
			'an SMS sender',
			{ ...create, additionalFields: { smsSender: '={{ $json.sms }}' } },
			{ phone: '61291234567', sms: '0400 000 000' },
			"SMS Sender '0400 000 000' (read as 61400000000) is not verified",
		],
		[
			'of an update',
			{ operation: 'update', trunk: suspend.trunk as never, updateFields: { callerIdNumber: '={{ $json.phone }}' } },
			{ id: ID, phone: '02-9999-9999' },
			"Caller ID '02-9999-9999' (read as 61299999999) is not verified",
		],
		[
			'of Create or Update',
			{ operation: 'upsert', trunkDescription: 'Acme', callerIdNumber: '={{ $json.phone }}' },
			{ phone: '+61 2 9999 9999' },
			"Caller ID '+61 2 9999 9999' (read as 61299999999) is not verified",
		],
	])('%s', async (_, parameters, item, words) => {
		const { error } = await play(sandbox, { items: [item], parameters });
		expect(error?.message).toBe(`${words} for this account.`);
		expect(error?.description).toMatch(/^Use one of the verified numbers: 61/);
	});

	test('of two wrong numbers each', async () => {
		const { error } = await play(sandbox, {
			items: [{ phone: '02 9999 9999', sms: '0400000000' }],
			parameters: { ...create, additionalFields: { smsSender: '={{ $json.sms }}' } },
		});
		expect(error?.message).toBe(
			"Caller ID '02 9999 9999' (read as 61299999999) is not verified for this account. SMS Sender '0400000000' (read as 61400000000) is not verified for this account.",
		);
	});
});

test('hints are HTML to n8n: what data brings there is text', async () => {
	const items = [{ name: EVIL }, { name: EVIL }];
	const scene = await play(sandbox, {
		items,
		parameters: { operation: 'upsert', trunkDescription: '={{ $json.name }}', callerIdNumber: '61291234567' },
	});
	const [shared] = hintsOf(scene).filter((hint) => hint.includes('items have the Description'));

	expect(shared).toContain('\'&#60;a href="https://evil.example"&#62;R&#38;D&#60;/a&#62; &#96;…\'');
	expect(hintsOf(scene).join()).not.toMatch(/[<>`]/);
});
