import type { FailureKind } from '../../../nodes/Crazytel/api/apiError';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { STOPPED_FAILURE } from '../../../nodes/Crazytel/run/failure';
import type { Item } from '../../../nodes/Crazytel/run/item';
import { attempt } from '../../../nodes/Crazytel/run/outcome';
import { failed, operation, things } from './things';

const throwing = (error: unknown) => async (): Promise<never> => await Promise.reject(error);

test('a step that goes well is a value', async () => {
	expect(await attempt(async () => 7)).toStrictEqual({ value: 7 });
	expect(await attempt(async () => undefined)).toStrictEqual({ value: undefined });
});

describe('a step that fails is a failure, never thrown, with what was thrown', () => {
	test('in the words of the API, with the field that the server has named', async () => {
		const cause = failed('refused', 'It failed.', ['colour']);
		expect(await attempt(throwing(cause), { operation, settings: things.settings })).toStrictEqual({
			failure: {
				message: 'It failed. Look.',
				parts: [{ happened: 'It failed.', cure: 'Look.' }],
				httpCode: '400',
				field: 'Colour Name or ID',
				parameter: 'additionalFields.paint',
			},
			cause,
		});
		expect(await attempt(throwing(cause), { operation })).toStrictEqual({
			failure: { message: 'It failed. Look.', parts: [{ happened: 'It failed.', cure: 'Look.' }], httpCode: '400' },
			cause,
		});
	});

	test('of a write, with whether it may have been done; of anything else nobody asks that', async () => {
		const detailsOf = async (kind: FailureKind, isWrite?: boolean) =>
			await attempt(throwing(failed(kind)), { ...(isWrite !== undefined && { isWrite }) });
		expect(await detailsOf('uncertain', true)).toMatchObject({ failure: { mayHaveActed: true } });
		for (const [kind, isWrite] of [
			['refused', true],
			['uncertain', false],
			['uncertain', undefined],
		] as const) {
			expect(await detailsOf(kind, isWrite)).not.toHaveProperty('failure.mayHaveActed');
		}
	});

	test('with the field of the operation that is wrong', async () => {
		const cause = new InvalidInput([{ field: 'thingName', message: 'Name is bad.' }]);
		expect(await attempt(throwing(cause), { operation })).toStrictEqual({
			failure: {
				message: 'Name is bad.',
				parts: [{ happened: 'Name is bad.', cure: '', label: 'Name' }],
				field: 'Name',
				parameter: 'thingName',
			},
			cause,
		});
	});

	test('with the parameter of the item that could not be read', async () => {
		const cause = new Error('x is not defined');
		const item = { failingParameter: 'pin' } as Item;
		expect(await attempt(throwing(cause), { operation, item })).toStrictEqual({
			failure: { message: 'PIN: the expression failed. x is not defined', field: 'PIN', parameter: 'pin' },
			cause,
		});
	});

	test.each<[string, unknown, object]>([
		['Stop', new Stopped(), STOPPED_FAILURE],
		['what is no error', 'odd', { message: 'Something unexpected happened' }],
	])('of an item of which nothing is known: %s', async (_, cause, failure) => {
		expect(await attempt(throwing(cause))).toStrictEqual({ failure, cause });
	});
});
