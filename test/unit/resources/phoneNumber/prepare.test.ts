import { ApiError } from '../../../../nodes/Crazytel/api/apiError';
import type { Thing } from '../../../../nodes/Crazytel/api/body';
import { findOperation } from '../../../../nodes/Crazytel/resources';
import { itemOf } from '../itemOf';

const NUMBER: Thing = { id: '61291234567', primary_route: 'congestion' };
const TRUNK = { id: '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f', username: 'CT123456' };

async function prepare(
	operation: string,
	parameters: Record<string, unknown>,
	{
		trunks = [TRUNK],
		numbers = [NUMBER],
		raw = parameters,
	}: { trunks?: Thing[] | ApiError; numbers?: Thing[]; raw?: Record<string, unknown> } = {},
) {
	const { item, hints } = itemOf({ phoneNumber: NUMBER.id, ...parameters }, { trunks, numbers }, raw);
	return { plan: await findOperation('phoneNumber', operation).prepare(item), hints };
}

describe('a description that is empty', () => {
	test('clears it where the field was left so', async () => {
		const { plan } = await prepare('update', { updateFields: { description: '' } });
		expect(plan).toMatchObject({ do: 'set', id: NUMBER.id, values: { description: '' } });
	});

	test('is refused where an expression has found nothing', async () => {
		const raw = { updateFields: { description: '={{ $json.description }}' } };
		await expect(prepare('update', { updateFields: { description: '' } }, { raw })).rejects.toThrow(
			/^Description is empty\. Give a text, leave the field itself empty to clear it/,
		);
	});
});

describe('a route to a trunk', () => {
	test.each(['CT123456', TRUNK.id])('names it by its username: %s', async (trunk) => {
		const { plan, hints } = await prepare('routeToTrunk', { trunk });
		expect(plan).toMatchObject({ values: { primary_route: 'device', primary_destination: 'CT123456' } });
		expect([...hints]).toEqual([]);
	});

	test('tells that the trunk is suspended', async () => {
		const { hints } = await prepare('routeToTrunk', { trunk: TRUNK.id }, { trunks: [{ ...TRUNK, enabled: false }] });
		expect([...hints]).toEqual(['The trunk CT123456 is suspended: it takes no calls until it is enabled.']);
	});

	const INSTEAD = "Use Update, with the Route SIP Trunk Device and the trunk's username as Destination.";

	test('needs the list of trunks, and says what does without', async () => {
		const noList = new ApiError('There is no such address (404).', '', 'refused', { httpCode: '404' });
		await expect(prepare('routeToTrunk', { trunk: TRUNK.id }, { trunks: noList })).rejects.toThrow(
			`Route to Trunk needs the list of trunks. There is no such address (404). This account may have no list. ${INSTEAD} Or check the Base URL in the credential.`,
		);
	});

	test('needs a username, and says what does without', async () => {
		await expect(
			prepare('routeToTrunk', { trunk: TRUNK.id }, { trunks: [{ id: TRUNK.id, username: null }] }),
		).rejects.toThrow(
			`Trunk ${TRUNK.id} has no username in the account's list of trunks, so calls cannot be sent to it. ${INSTEAD}`,
		);
	});
});

describe('an update of the route', () => {
	const update = async (updateFields: Record<string, unknown>, now: Record<string, string | null>) =>
		await prepare('update', { updateFields }, { numbers: [{ ...NUMBER, ...now }] });

	test.each([
		['device', { primary_destination: null }, 'Route SIP Trunk Device needs a Destination, and the number has none.'],
		['server', { primary_destination: '' }, 'Route SIP Trunk Server needs a Destination, and the number has none.'],
	])('to a trunk is refused where it is certain that none is named: %s, %j', async (route, now, words) => {
		await expect(update({ route }, now)).rejects.toThrow(
			`${words} Add Destination, e.g. the username of a trunk, or use Route to Trunk.`,
		);
	});

	test.each([
		['the number has a destination', { route: 'device' }, { primary_destination: 'CT1' }],
		['one is given', { route: 'device', destination: 'CT1' }, { primary_destination: null }],
		['the list does not show it', { route: 'device' }, {}],
		['the route leads to no trunk', { route: 'congestion' }, { primary_destination: null }],
		['the route stays', { description: 'Sales' }, { primary_destination: null }],
	])('is planned where %s', async (_name, updateFields, now) => {
		expect((await update(updateFields, now)).plan).toMatchObject({ do: 'set', id: NUMBER.id });
	});
});
