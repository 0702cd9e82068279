/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';

import { printed } from '../../live/print';
import { profileOf } from '../../live/profile';
import { reportOn } from '../../live/report';
import { maskName, maskText } from '../../live/words';
import { LONG, runs } from '../properties';
import { checkAt, found } from './scene';

/** Texts that could be of a person or an account: none of them, nor a piece of them, may come out. */
const NAMES = [
	'Jacinta',
	'Wollongabba',
	'O’Malley',
	'Zbigniew',
	'Tarquin',
	'Nguyen',
	'Papadopoulos',
	'jacinta_w',
	'Wollon-Gabba',
	'ΜΑΡΙΑ',
	'张伟',
];
const canary = fc.oneof(
	fc.constantFrom(...NAMES),
	fc.constantFrom(...NAMES).map((name) => `${name} & Sons, 12 Canary Lane`),
	fc.integer({ min: 1_000_000, max: 9_999_999 }).map((digits) => `6149${String(digits)}`),
	fc.integer({ min: 100_000, max: 999_999 }).map((digits) => `CT${String(digits)}`),
	fc.uuid(),
	fc.constantFrom(...NAMES).map((name) => `${name}@mail.example`),
	fc.constantFrom(...NAMES).map((name) => `https://${name}.example/path`),
);

const SENT = 'k3y-5up3r53cr3t-l1v3';

const fields = [
	'id',
	'username',
	'description',
	'did_number',
	'number',
	'setup_time',
	'total_cost',
	'type',
	'status',
	'primary_route',
	'first_name',
	'balance',
	'account_code',
	'next',
	'error',
	'message',
];
/** As a server might have it: known fields, and ones that the account has named. */
const key = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...fields) }, { weight: 2, arbitrary: canary });
const leaf = fc.oneof(
	{ weight: 6, arbitrary: canary },
	fc.constant(null),
	fc.boolean(),
	fc.integer({ min: 1_000_000, max: 9_999_999 }),
	fc.constant(SENT),
	canary.map((text) => `Trunk ${text} not found for key ${SENT}`),
);
const record = fc.dictionary(
	key,
	fc.oneof({ weight: 6, arbitrary: leaf }, fc.array(leaf, { maxLength: 3 }), fc.dictionary(key, leaf, { maxKeys: 3 })),
	{ maxKeys: 6 },
);
const body = fc.oneof(
	fc.array(record, { maxLength: 4 }),
	record,
	fc.array(leaf, { maxLength: 4 }),
	fc.record({
		detail: fc.oneof(
			leaf,
			fc.array(fc.record({ loc: fc.array(key, { maxLength: 3 }), msg: leaf, type: leaf, input: record }), {
				maxLength: 3,
			}),
		),
	}),
	leaf,
);
const header = fc.constantFrom(
	'location',
	'link',
	'server',
	'retry-after',
	'allow',
	'x-ratelimit-limit',
	'x-account',
	'x-total-count',
	'etag',
	'set-cookie',
);
const latin = canary.map((text) => text.replace(/[^\x20-\x7e]/g, 'q'));
const answer = fc.record({
	status: fc.constantFrom(200, 200, 200, 200, 400, 404, 405, 422, 500),
	headers: fc.dictionary(header, fc.oneof(latin, fc.constant(SENT)), { maxKeys: 3 }),
	body,
});

let server: Server;
let url = '';
let answers: Array<{ status: number; headers: Record<string, string>; body: unknown }> = [];

let turn = 0;

beforeAll(async () => {
	server = createServer((request, response) => {
		const next = answers[turn++ % answers.length];
		// The balance goes through, or nothing else would be asked.
		const isFirst = request.url === '/api/v1/balance/' && next?.status !== 200;
		response
			.writeHead(isFirst ? 200 : (next?.status ?? 200), { ...next?.headers, 'content-type': 'application/json' })
			.end(JSON.stringify(next?.body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

/** Every text and number in a value, keys too. */
function textsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value === 'object' && value !== null)
		return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
	return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

const isTelling = (piece: string): boolean =>
	NAMES.some((name) => piece.toLowerCase().includes(name.toLowerCase())) ||
	/\d{6,}/.test(piece) ||
	/[0-9a-f]{8}-[0-9a-f]{4}/.test(piece);

test(
	'whatever the account holds, nothing of it is in the report, the profile or on the screen; nor is the key',
	async () => {
		let looked = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(answer, { minLength: 5, maxLength: 12 }), async (drawn) => {
				answers = drawn;
				const screen: string[] = [];
				const { report } = await checkAt(url, SENT, {
					onStep: ({ request, seen }) => screen.push(`${request.shown} ${String(seen?.status)}`),
				});
				const out = [JSON.stringify(report), JSON.stringify(profileOf(report)), printed(report), ...screen].join('\n');
				const canaries = textsIn(drawn).filter(isTelling);
				looked += canaries.length;
				expect(canaries.filter((text) => out.includes(text))).toEqual([]);
				expect(NAMES.filter((name) => out.toLowerCase().includes(name.toLowerCase()))).toEqual([]);
				expect(out).not.toMatch(/canary lane|sons|mail\.example|6149\d/i);
				expect(out).not.toContain(SENT);
				expect(out).not.toContain('5up3r');
			}),
			runs(25),
		);
		expect(looked).toBeGreaterThan(500);
	},
	LONG,
);

test('what is no value of the account is shown: fields, forms, an error’s words', async () => {
	answers = [
		{
			status: 200,
			headers: { server: 'nginx/1.2' },
			body: [
				{
					id: '6f8a6e1e-6b0b-4b0b-8b0b-0123456789ab',
					username: 'CT123456',
					description: 'Jacinta',
					area_code: '02',
					enabled: true,
					sms_sender: null,
					total_cost: 0.05,
				},
			],
		},
	];
	const { report } = await checkAt(url, SENT, { all: false });
	expect(report.answers.find(({ id }) => id === 'trunks')).toMatchObject({
		status: 200,
		headers: { server: 'nginx' },
		shape: {
			'(whole)': ['list of 1'],
			'[].id': ['UUID'],
			'[].username': ['CT and 6 digits'],
			'[].description': ['text, up to 10 characters'],
			'[].area_code': ['2 digits'],
			'[].enabled': ['true or false'],
			'[].sms_sender': ['null'],
			'[].total_cost': ['decimal number, above zero'],
		},
	});
	answers = [
		{
			status: 422,
			headers: {},
			body: {
				detail: [
					{
						loc: ['query', 'type'],
						msg: "Input should be '*voice', '*did', '*smsin' or '*smsout', not 61412345678",
						type: 'literal_error',
						input: 'Jacinta',
					},
				],
			},
		},
	];
	const refused = await checkAt(url, SENT, { all: false });
	expect(refused.report.answers.find(({ id }) => id === 'cdr-bad-type')?.said).toBe(
		"query.type Input should be '*voice', '*did', '*smsin' or '*smsout', not # (literal_error)",
	);
});

test.each([
	['61-41-23-45-67', '…'],
	['12.05.61', '…'],
	['12', '…'],
	['Jane 61', '…'],
	['a1b2b3', 'a…b…b…'],
	['address_2', 'address_2'],
	['addressLine2', 'addressLine2'],
	['sms_v2_url', 'sms_…_url'],
	['Will', '…'],
	['bill_ray', '…'],
	['a_'.repeat(1_000), '…'],
	['٣٤', '…'],
])('the field %s is shown as %s', (name, shown) => {
	expect(maskName(name)).toBe(shown);
});

test('an error’s words that are names, too, are masked; the key in other clothes is', () => {
	expect(maskText('Trunk of Bill May was not found')).toBe('Trunk of … was not found');
	for (const dressed of [
		SENT.toUpperCase(),
		Buffer.from(SENT).toString('base64'),
		encodeURIComponent(`${SENT}/+`),
		[...SENT].join(' '),
	])
		expect(maskText(`Key ${dressed} is not valid`)).not.toMatch(/5up3r|k3y|NXVw|5 u p/i);
});

test('where somebody lives is no word of the service', async () => {
	answers = [{ status: 200, headers: {}, body: [{ id: 'x', state: 'VIC', country: 'AU', status: 'active' }] }];
	const { report } = await checkAt(url, SENT);
	expect(report.answers.find(({ id }) => id === 'addresses')?.shape).toMatchObject({
		'[].state': ['text, up to 5 characters'],
		'[].country': ['text, up to 5 characters'],
		'[].status': ['the word “active”'],
	});
});

test('the account’s own counts are no lengths of a page or of an answer', async () => {
	answers = [{ status: 200, headers: {}, body: { items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], cursor: 'eyJ' } }];
	const other = { status: 200, headers: {}, body: { balance: 1 } };
	// The third request is that for the trunks; nothing else has a list.
	answers = [other, other, answers[0] ?? other, ...Array.from({ length: 40 }, () => other)];
	turn = 0;
	const { report } = await checkAt(url, SENT, { all: false });
	expect(found(report)).not.toHaveProperty('pageSize');
	expect(report.verdicts.find(({ id }) => id === 'list-pages')).toMatchObject({
		verdict: 'refuted',
		saw: expect.stringContaining('a list that goes on after 2–10 entries') as unknown,
	});
});

test('an answer of a month’s calls is no limit of rows, unless another is as long', async () => {
	const rows = (count: number, day: number) =>
		Array.from({ length: count }, (_, at) => ({
			setup_time: `2026-11-${String(day)}T00:${String(59 - at).padStart(2, '0')}:00`,
		}));
	const seen = (id: string, body: unknown) => ({ id, status: 200, headers: {}, kind: 'json' as const, body, ms: 1 });
	const capOf = (older: number) =>
		found(
			reportOn(
				{ 'cdr-voice-1000': seen('cdr-voice-1000', rows(37, 20)), 'cdr-older': seen('cdr-older', rows(older, 10)) },
				{ host: '', now: 0 },
			),
		)['callRecords.cap'];
	expect(capOf(12)).toBeUndefined();
	expect(capOf(37)).toBe(37);
});

test('numbers in a refusal and in headers are shown only where they can be limits', async () => {
	answers = [
		{
			status: 422,
			headers: { 'x-ratelimit-limit': '61491234567', 'x-ratelimit-account': '4917' },
			body: {
				detail: [
					{
						loc: ['query', 'limit'],
						msg: 'Input should be less than or equal to 61491',
						type: 'less_than_equal',
						ctx: { le: 61491234567 },
					},
				],
			},
		},
	];
	const { report } = await checkAt(url, SENT);
	expect(JSON.stringify(report)).not.toMatch(/6149|4917/);
});
