import type { INode } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { errorOfPoll, type Occasion } from '../../../nodes/Crazytel/triggers/failures';

const node: INode = {
	id: '1',
	name: 'Crazytel Trigger',
	type: 'crazytelTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const told = (error: unknown, occasion: Partial<Occasion> = {}) =>
	errorOfPoll(node, error, {
		isByHand: false,
		isFirst: false,
		hasWorked: false,
		...occasion,
		properties: [],
		seconds: 36,
		isLooking: true,
	});

test('a host that is not found is a wrong address, unless it was found before', () => {
	const error = new ApiError('Crazytel cannot be reached.', 'Check the network.', 'undelivered', {
		httpCode: 'ENOTFOUND',
	});
	expect(told(error).failure?.cause).toBe('configuration-invalid');
	const later = told(error, { hasWorked: true });
	expect(later.failure?.cause).toBe('temporarily-unavailable');
	expect(later.message).toBe(
		'Crazytel cannot be reached. Check the network. Nothing is lost: the next poll looks again by itself.',
	);
});

test('what somebody waits for is not looked at again by itself', () => {
	expect(told(new Stopped(), { isByHand: true }).message).toBe(
		'Crazytel has not answered within 36 seconds. Try again later: other runs with this API key may use up its requests a minute.',
	);
	expect(told(new Stopped()).message).toContain(
		'the next poll looks again by itself. If it stays so, poll less often:',
	);
});

test('what may keep a workflow from being published says so', () => {
	const error = new ApiError('Crazytel failed (500).', 'Try again later.', 'uncertain', { httpCode: '500' });
	expect(told(error, { isFirst: true, hasWorked: true }).message).toBe(
		'Crazytel failed (500). Nothing is lost: the next poll looks again by itself. If the workflow was to be published, publish it again later.',
	);
	expect(told(error, { hasWorked: true }).message).toBe(
		'Crazytel failed (500). Nothing is lost: the next poll looks again by itself.',
	);
});
