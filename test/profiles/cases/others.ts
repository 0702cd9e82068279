import type { INodeParameters } from 'n8n-workflow';

import { trunkBy } from '../../trunks/account';
import { type Account, NUMBER, OFFER, RECORDS, type Said, TRUNK } from '../account';
import type { ContractCase } from '../case';
import { complete } from './trunks';

const ofNumber = {
	resource: 'phoneNumber',
	phoneNumber: { __rl: true, mode: 'number', value: NUMBER } as unknown as string,
};

const route: INodeParameters = {
	...ofNumber,
	operation: 'routeToTrunk',
	trunk: trunkBy('username', TRUNK.username).trunk as string,
};
const updateNumber: INodeParameters = {
	...ofNumber,
	operation: 'update',
	updateFields: { description: 'Support', timeout: 30 },
};

const buying = (number: string): INodeParameters => ({
	resource: 'phoneNumber',
	operation: 'buy',
	number,
	addressId: 'a1f0c3d2-1111-4a11-8a11-0000000000a1',
	ownerId: 'b2e0c3d2-1111-4b11-8b11-0000000000b1',
	route: 'device',
	destination: TRUNK.username,
	acceptCharge: true,
});

const sms: INodeParameters = {
	resource: 'sms',
	operation: 'send',
	from: '61412345678',
	to: '0412 000 001',
	text: 'Your number is ready',
};

async function buys(account: Account, number: string): Promise<Said> {
	const said = await account.play(buying(number));
	if ('words' in said) return said;
	account.expectNumber(
		said.gave[0],
		number,
		number === OFFER ? { primary_route: 'device', primary_destination: TRUNK.username } : {},
	);
	expect(said.gave).toMatchObject([{ alreadyOwned: number !== OFFER }]);
	return said;
}

async function sends(account: Account): Promise<Said> {
	const said = await account.play(sms);
	if ('words' in said) return said;
	expect(account.sandbox.messages()).toMatchObject([
		{ to: '61412000001', from: '61412345678', text: 'Your number is ready' },
	]);
	expect(said.gave[0]?.uuid ?? account.sandbox.messages()[0]?.uuid).toBe(account.sandbox.messages()[0]?.uuid);
	return said;
}

export const otherCases: ContractCase[] = [
	{
		name: 'get the balance',
		async play(account) {
			const said = await account.play({ resource: 'account', operation: 'getBalance' });
			account.expectNoWrite();
			if ('gave' in said) expect(Number(said.gave[0]?.balance)).toBeCloseTo(account.sandbox.balance());
			return said;
		},
	},
	{
		name: 'get many phone numbers',
		async play(account) {
			const said = await account.play({ resource: 'phoneNumber', operation: 'getAll', returnAll: true });
			account.expectNoWrite();
			if ('words' in said) return said;
			const owned = account.sandbox.numbers.owned();
			for (const shown of said.gave) {
				const number = owned.find(({ did_number }) => Object.values(shown).includes(did_number));
				account.expectNumber(shown, String(number?.did_number), {});
			}
			return complete(account, said.gave, owned.length);
		},
	},
	{
		name: 'route a number to a trunk',
		may: { setsNumber: ['primary_route', 'primary_destination'] },
		async play(account) {
			const said = await account.play(route);
			if ('gave' in said)
				account.expectNumber(said.gave[0], NUMBER, { primary_route: 'device', primary_destination: TRUNK.username });
			return said;
		},
	},
	{
		name: 'update a number',
		may: { setsNumber: ['description', 'primary_timeout'] },
		async play(account) {
			const said = await account.play(updateNumber);
			if ('gave' in said) account.expectNumber(said.gave[0], NUMBER, { description: 'Support', primary_timeout: 30 });
			return said;
		},
	},
	{
		name: 'buy a number',
		may: { buys: OFFER },
		play: async (account) => await buys(account, OFFER),
	},
	{
		name: 'buy a number: one that is owned already',
		play: async (account) => await buys(account, NUMBER),
	},
	{
		name: 'buy a number with a lost reply',
		may: { buys: OFFER },
		async play(account) {
			account.fault({ on: 'purchase', play: 'lostReplyAfter' });
			return await buys(account, OFFER);
		},
	},
	{
		name: 'send an SMS',
		may: { sends: 1 },
		play: async (account) => await sends(account),
	},
	{
		name: 'send an SMS with a lost reply',
		// Where keys are not honoured it may go out again, and then that is said: docs/reliability.md, "How an SMS is sent once".
		may: { sends: 2 },
		async play(account) {
			account.fault({ on: 'sms', play: 'lostReplyAfter' });
			const said = await account.play(sms);
			const { length } = account.sandbox.messages();
			if ('gave' in said) expect(said.gave[0]?.sentAgain).toBe(true);
			else if (length > 1) expect(said.words).toContain('went out once only if Crazytel honours such keys');
			if (account.honoursKeys) expect(length).toBeLessThanOrEqual(1);
			return said;
		},
	},
	{
		name: 'get call records of several pages',
		async play(account) {
			const said = await account.play({
				resource: 'callRecord',
				operation: 'getAll',
				startDate: '2026-10-30',
				endDate: '2026-11-30',
				returnAll: true,
				simplify: false,
			});
			account.expectNoWrite();
			if ('gave' in said)
				expect(said.gave.map(({ row }) => row)).toStrictEqual(
					Array.from({ length: RECORDS }, (_, row) => RECORDS - 1 - row),
				);
			return said;
		},
	},
	...dryRuns({
		'create a trunk': { operation: 'create', callerIdNumber: '0398765432', trunkDescription: 'Delta' },
		'create or update': { operation: 'upsert', callerIdNumber: '0398765432', trunkDescription: 'Delta' },
		'update by ID': { operation: 'update', ...trunkBy('id', TRUNK.id), updateFields: { areaCode: '07' } },
		suspend: { operation: 'suspend', ...trunkBy('id', TRUNK.id) },
		'delete a trunk': { operation: 'delete', ...trunkBy('id', TRUNK.id) },
		'route a number to a trunk': route,
		'update a number': updateNumber,
		'buy a number': buying(OFFER),
		'send an SMS': sms,
	}),
];

function dryRuns(operations: Record<string, INodeParameters>): ContractCase[] {
	return Object.entries(operations).map(([name, parameters]) => ({
		name: `dry run: ${name}`,
		async play(account) {
			const said = await account.play({ ...parameters, options: { dryRun: true } });
			account.expectNoWrite();
			if ('gave' in said) expect(said.gave).toMatchObject([{ dryRun: true }]);
			return said;
		},
	}));
}
