import { createTrunkRequest, deleteTrunkRequest, updateTrunkRequest } from '../../../nodes/Crazytel/api/endpoints';
import { planned } from '../../../nodes/Crazytel/run/dryRun';
import { knownTrunks } from '../../../nodes/Crazytel/run/knownTrunks';
import type { Operation, WritePlan } from '../../../nodes/Crazytel/run/operation';

const operation = { value: 'anything' } as Operation;
const TRUNK = { id: 'a-1', username: 'CT1', description: 'Acme', enabled: true };

const update = (more: Partial<WritePlan> = {}): WritePlan => ({ request: updateTrunkRequest('a-1', { enabled: false, password: 'Secret1Pass' }), ...more });

test('without a list, the request alone is shown', () => {
	expect(planned(operation, update(), undefined)).toEqual({
		dryRun: true,
		operation: 'anything',
		request: { method: 'PATCH', path: '/api/v1/sip-trunks/a-1', body: { enabled: false, password: '***' } },
	});
});

test('without a list, a delete is shown too', () => {
	expect(planned(operation, { request: deleteTrunkRequest('a-1') } as never, undefined)).toEqual({
		dryRun: true,
		operation: 'anything',
		request: { method: 'DELETE', path: '/api/v1/sip-trunks/a-1' },
	});
});

test('the plan itself keeps its password: it is the output that is masked', () => {
	const plan = update({ shownPassword: 'Secret1Pass' });
	expect(JSON.stringify(planned(operation, plan, knownTrunks([TRUNK], 0)))).not.toContain('Secret1Pass');
	expect(plan.request.body?.password).toBe('Secret1Pass');
});

test('the next plan of a trunk is compared with what this one leaves, without its password', () => {
	const trunks = knownTrunks([TRUNK], 0);
	const plan = { request: updateTrunkRequest('a-1', { enabled: false }), sendsDifferences: true, showsChanges: true };
	expect(planned(operation, plan, trunks)).toMatchObject({ changed: true, changes: { enabled: { from: true, to: false } } });
	expect(planned(operation, plan, trunks)).toMatchObject({ changed: false, request: null });
	planned(operation, update(), trunks);
	expect(JSON.stringify(trunks.find('a-1'))).not.toContain('Secret1Pass');
});

test('a delete has no body and no changes, and leaves no trunk', () => {
	const trunks = knownTrunks([TRUNK], 0);
	expect(planned(operation, { request: deleteTrunkRequest('a-1') } as never, trunks)).toEqual({
		dryRun: true,
		operation: 'anything',
		trunk: { id: 'a-1', username: 'CT1', description: 'Acme' },
		request: { method: 'DELETE', path: '/api/v1/sip-trunks/a-1' },
	});
	expect(trunks.find('a-1')).toBeUndefined();
});

test('two creates of the operation Create stay two creates, also with one description', () => {
	const trunks = knownTrunks([], 0);
	const plan = { request: createTrunkRequest({ description: 'Acme', password: 'Secret1Pass' }) };
	const first = planned(operation, plan, trunks);
	expect(first).toMatchObject({ request: { method: 'POST' }, changes: { description: { from: null, to: 'Acme' } } });
	// Nothing of the first one is in the second.
	expect(planned(operation, plan, trunks)).toEqual(first);
});

test('a description with quotes stands in the place of the id without breaking it', () => {
	const trunks = knownTrunks([], 0);
	const key = 'The "Acme" {x}';
	const plan: WritePlan = {
		request: createTrunkRequest({ description: key, password: 'Secret1Pass' }),
		key,
		ifMade: (id) => ({ request: updateTrunkRequest(id, { enabled: false }), sendsDifferences: true }),
	};
	planned(operation, plan, trunks);
	expect(planned(operation, plan, trunks)).toMatchObject({
		request: { method: 'PATCH', path: '/api/v1/sip-trunks/{id of the new trunk "The \\"Acme\\" {x}"}', body: { enabled: false } },
	});
});
