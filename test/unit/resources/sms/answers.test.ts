import { isRefused, readSent } from '../../../../nodes/Crazytel/resources/sms/answers';

const QUEUED = { status: 'queued', uuid: 'u-1' };

test.each<[string, unknown, unknown]>([
	['as one client has seen it', QUEUED, QUEUED],
	['without an id', { status: 'queued' }, { status: 'queued' }],
	['accepted', { status: 'accepted' }, { status: 'accepted' }],
	['sent, in capitals', { status: 'SENT', price: 0.05 }, { status: 'SENT', price: 0.05 }],
	[
		'delivered, with an empty error',
		{ status: 'delivered', error: null, errors: [] },
		{ status: 'delivered', error: null, errors: [] },
	],
	['wrapped', { status: 'success', data: QUEUED }, QUEUED],
	[
		'wrapped, with its status outside',
		{ status: 'success', data: { uuid: 'u-1' } },
		{ status: 'success', data: { uuid: 'u-1' } },
	],
	['alone in a list', { messages: [QUEUED], count: 1 }, QUEUED],
	['a bare list', [QUEUED], QUEUED],
	[
		'beside an account with a status of its own',
		{ ...QUEUED, account: { status: 'active' } },
		{ ...QUEUED, account: { status: 'active' } },
	],
	[
		'with counts',
		{ status: 'accepted', accepted: 1, rejected: 0, failed: [] },
		{ status: 'accepted', accepted: 1, rejected: 0, failed: [] },
	],
])('%s: on its way, and given as it is', (_, body, given) => {
	expect(readSent(body)).toEqual(given);
	expect(isRefused(body)).toBe(false);
});

test.each<[string, unknown]>([
	['failed', { status: 'failed', uuid: 'u-1' }],
	['failed, with an id', { id: 7, status: 'failed' }],
	['rejected', { status: 'rejected' }],
	['undelivered', { status: 'Undelivered' }],
	['opted out', { status: 'opted_out' }],
	['blocked, inside', { status: 'success', data: { status: 'blocked' } }],
	['one recipient', { status: 'accepted', recipients: [{ to: '61412000001', status: 'rejected' }] }],
	['a list of the rejected', { status: 'queued', accepted: [], rejected: ['61412000001'] }],
	['a count of the failed', { status: 'queued', summary: { failed: 1 } }],
	['an error beside a good status', { status: 'queued', error: 'Recipient has opted out' }],
])('refused, however deep it says so: %s', (_, body) => {
	expect(isRefused(body)).toBe(true);
	expect(readSent(body)).toBeUndefined();
});

test.each<[string, unknown]>([
	['nothing', undefined],
	['a text', 'queued'],
	['no status', { uuid: 'u-1' }],
	['a status that nobody knows', { status: 'banana' }],
	['a number', { status: 200 }],
	['a flag', { status: true }],
	['two messages', [QUEUED, QUEUED]],
	['an empty list', []],
	['a status under a name of something else', { account: { status: 'queued' } }],
	['nested without end', Array.from({ length: 40 }).reduce<unknown>((inner) => ({ data: inner }), QUEUED)],
])('neither: %s', (_, body) => {
	expect(readSent(body)).toBeUndefined();
	expect(isRefused(body)).toBe(false);
});
