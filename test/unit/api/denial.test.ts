import { saysFailed } from '../../../nodes/Crazytel/api/denial';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';

test.each<[unknown]>([
	[{ success: false, message: 'Insufficient credit' }],
	[false],
	[{ success: 'false' }],
	[{ ok: false }],
	[{ id: ID, success: false }],
	[{ deleted: false }],
	[{ updated: 'no' }],
	[{ error: { id: 'req_8f2', message: 'Insufficient credit' } }],
	[{ id: 'req_8f2', error: 'Insufficient credit' }],
	[{ error: true, message: 'No' }],
	[{ error: 1 }],
	[{ errors: ['No'] }],
	[{ errors: { description: ['taken'] } }],
	[{ status: 'error', message: 'No' }],
	[{ status: 'FAILED' }],
	[{ status: 'api_error' }],
	[{ result: 'failure' }],
	[{ status: false }],
	[{ result: false }],
	[{ code: 402, message: 'Payment required' }],
	[{ statusCode: '500' }],
	[{ id: 'req_8f2', status: 'error', message: 'No' }],
	[{ detail: 'Not found.' }],
	[{ detail: 'Trunk is locked' }],
	[{ detail: 'Could not be deleted' }],
	[{ message: 'The trunk could not be deleted' }],
	[{ detail: [{ loc: ['body', 'password'], msg: 'bad' }] }],
	[{ detail: { message: 'No' } }],
	[{ data: { success: false, message: 'No' } }],
	[{ data: { result: { status: 'error' } } }],
	[[{ error: 'Busy' }, { success: false }]],
])('%j says that it failed', (body) => {
	expect(saysFailed(body)).toBe(true);
});

test.each<[unknown]>([
	[undefined],
	[null],
	[''],
	['error'],
	[[]],
	[[{ error: 'Busy' }, {}]],
	[[{ id: ID, success: false }]],
	[{}],
	[{ success: true }],
	[{ success: 'noted' }],
	[{ status: 'queued' }],
	[{ status: 'ok', message: 'Trunk deleted' }],
	[{ code: 200 }],
	[{ message: 'Deleted' }],
	[{ detail: 'Trunk deleted' }],
	[{ detail: '' }],
	[{ deleted: true, error: null, errors: [] }],
	[{ error: '', errors: {} }],
	[{ error: false }],
	[{ error: 'none' }],
	// What a thing is, and what became of its last registration, is its own.
	[{ id: ID, status: 'error' }],
	[{ id: ID, status: 'failed', code: 404 }],
	[{ id: ID, updated: false }],
	[{ id: ID, detail: 'Failed twice' }],
	[{ id: ID, registration: { status: 'error', message: 'No' } }],
	[{ id: ID, data: { success: false } }],
	[{ sip_trunk: { id: ID, status: 'error' } }],
	[{ sip_trunks: [], total: 0 }],
])('%j does not', (body) => {
	expect(saysFailed(body)).toBe(false);
});
