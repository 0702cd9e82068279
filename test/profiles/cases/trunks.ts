import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { StoredTrunk } from '../../../sandbox';
import { trunkBy } from '../../trunks/account';
import { type Account, enteredPassword, type Said, TRUNK } from '../account';
import type { ContractCase } from '../case';

const byId = trunkBy('id', TRUNK.id);
const byUsername = trunkBy('username', TRUNK.username);

const NEW = { caller_id_number: '61398765432', area_code: '03', enabled: false };
const newTrunk = (description: string): INodeParameters => ({
	callerIdNumber: '03 9876 5432',
	trunkDescription: description,
	additionalFields: { areaCode: '03', enabled: false },
});

/** A trunk that is new has the password that is shown, or the one that was entered, which is not. */
async function creates(
	account: Account,
	parameters: INodeParameters,
	description: string,
	showsPassword: boolean,
): Promise<Said> {
	const said = await account.play({ ...newTrunk(description), ...parameters });
	if ('words' in said) return said;
	const [shown] = said.gave;
	account.expectTrunk(shown, { ...NEW, description });
	expect(shown?.password).toBe(showsPassword ? account.trunk(shown?.id)?.password : undefined);
	return said;
}

/** Settings of the trunk in question. */
function sets(
	name: string,
	parameters: INodeParameters,
	asked: Partial<StoredTrunk>,
	prepare: (account: Account) => void = () => {},
): ContractCase {
	return {
		name,
		may: { sets: Object.keys(asked) },
		async play(account) {
			prepare(account);
			const said = await account.play(parameters);
			if ('gave' in said) account.expectTrunk(said.gave[0], { id: TRUNK.id, ...asked });
			return said;
		},
	};
}

const update: INodeParameters = {
	operation: 'update',
	updateFields: { areaCode: '07', hideCallerId: true, callerIdNumber: '0731234567' },
};
const UPDATED = { area_code: '07', hide_caller_id: true, caller_id_number: '61731234567' };

const existing: INodeParameters = {
	operation: 'upsert',
	...enteredPassword,
	callerIdNumber: '0731234567',
	trunkDescription: TRUNK.description,
	additionalFields: { hideCallerId: true },
};
const SET = { hide_caller_id: true, caller_id_number: '61731234567' };

export const trunkCases: ContractCase[] = [
	{
		name: 'create a trunk',
		may: { makes: 1 },
		play: async (account) => await creates(account, { operation: 'create' }, 'Delta', true),
	},
	{
		name: 'create a trunk with a password of one’s own',
		may: { makes: 1 },
		play: async (account) => await creates(account, { operation: 'create', ...enteredPassword }, 'Delta', false),
	},
	{
		name: 'create a trunk with foreign letters in its description',
		may: { makes: 1 },
		play: async (account) => await creates(account, { operation: 'create' }, 'Müller', true),
	},
	{
		name: 'create with a lost reply',
		may: { makes: 1 },
		async play(account) {
			account.fault({ on: 'create', play: 'lostReplyAfter' });
			return await creates(account, { operation: 'create' }, 'Delta', true);
		},
	},
	sets('update by ID', { ...update, ...byId }, UPDATED),
	sets('update by username', { ...update, ...byUsername }, UPDATED),
	sets('update with a lost reply', { ...update, ...byId }, UPDATED, (account) =>
		account.fault({ on: 'update', play: 'lostReplyAfter' }),
	),
	sets('clear a description', { operation: 'update', ...byId, updateFields: { description: '' } }, { description: '' }),
	sets('suspend', { operation: 'suspend', ...byId }, { enabled: false }),
	{
		name: 'only if changed',
		may: { sets: ['enabled'] },
		async play(account) {
			const suspend = { operation: 'suspend', ...byId, options: { onlyIfChanged: true } };
			const first = await account.play(suspend);
			if ('words' in first) return first;
			account.expectTrunk(first.gave[0], { id: TRUNK.id, enabled: false });
			expect(first.gave).toMatchObject([{ changed: true }]);
			const second = await account.play(suspend);
			if ('words' in second) return second;
			account.expectTrunk(second.gave[0], { id: TRUNK.id, enabled: false });
			const updates = account.sandbox.requests.filter(({ kind }) => kind === 'update');
			// What was sent again is not called unchanged.
			expect(second.gave).toMatchObject([{ changed: updates.length > 1 }]);
			return updates.length > 1 ? { words: 'It was sent again.' } : second;
		},
	},
	{
		name: 'rotate a password',
		may: { sets: ['password'] },
		async play(account) {
			const said = await account.play({ operation: 'rotatePassword', ...byId });
			if ('gave' in said) account.expectTrunk(said.gave[0], { id: TRUNK.id, password: String(said.gave[0]?.password) });
			return said;
		},
	},
	{
		name: 'get a trunk',
		async play(account) {
			const said = await account.play({ operation: 'get', ...byUsername });
			account.expectNoWrite();
			if ('gave' in said) account.expectTrunk(said.gave[0], { id: TRUNK.id });
			return said;
		},
	},
	{
		name: 'get many trunks',
		async play(account) {
			const said = await account.play({ operation: 'getAll', returnAll: true });
			account.expectNoWrite();
			if ('words' in said) return said;
			for (const shown of said.gave) account.expectTrunk(shown, {});
			return complete(account, said.gave, account.sandbox.trunks().length);
		},
	},
	{
		name: 'create or update: a new trunk',
		may: { makes: 1 },
		play: async (account) => await creates(account, { operation: 'upsert' }, 'Delta', true),
	},
	{
		name: 'create or update: a trunk that is there',
		may: { sets: Object.keys(SET) },
		async play(account) {
			const said = await account.play(existing);
			if ('gave' in said) account.expectTrunk(said.gave[0], { id: TRUNK.id, ...SET });
			return said;
		},
	},
	{
		name: 'create or update: run twice',
		may: { makes: 1 },
		async play(account) {
			const first = await creates(account, { operation: 'upsert', ...enteredPassword }, 'Delta', false);
			const second = await creates(account, { operation: 'upsert', ...enteredPassword }, 'Delta', false);
			if ('words' in first) return first;
			if ('gave' in second) expect(second.gave[0]?.id).toBe(first.gave[0]?.id);
			return second;
		},
	},
	{
		name: 'create or update: foreign letters in the description, run twice',
		may: { makes: 1 },
		async play(account) {
			const first = await creates(account, { operation: 'upsert', ...enteredPassword }, 'Müller', false);
			const second = await creates(account, { operation: 'upsert', ...enteredPassword }, 'Müller', false);
			return 'words' in first ? first : second;
		},
	},
	{
		name: 'create or update with a lost reply',
		may: { makes: 1 },
		async play(account) {
			account.fault({ on: 'create', play: 'lostReplyAfter' });
			return await creates(account, { operation: 'upsert', ...enteredPassword }, 'Delta', false);
		},
	},
	{
		name: 'create or update with a lost reply, and once more',
		may: { makes: 1 },
		async play(account) {
			account.fault({ on: 'create', play: 'lostReplyAfter' });
			await creates(account, { operation: 'upsert', ...enteredPassword }, 'Delta', false);
			return await creates(account, { operation: 'upsert', ...enteredPassword }, 'Delta', false);
		},
	},
	...['', ' with a lost reply'].map(
		(way): ContractCase => ({
			name: `delete a trunk${way}`,
			may: { removes: true },
			async play(account) {
				if (way !== '') account.fault({ on: 'delete', play: 'lostReplyAfter' });
				const said = await account.play({ operation: 'delete', ...byId });
				if ('gave' in said) {
					expect(said.gave).toMatchObject([{ deleted: true }]);
					expect(account.trunk()).toBeUndefined();
				}
				return said;
			},
		}),
	),
	{
		name: 'choose a caller ID from the list',
		async play(account) {
			expect((await account.options('getVerifiedNumbers')).sort()).toStrictEqual(
				account.sandbox.verifiedNumbers().sort(),
			);
			account.expectNoWrite();
			return { gave: [] };
		},
	},
	{
		name: 'refuse a caller ID that is not verified',
		async play(account) {
			const said = await account.play({ operation: 'create', callerIdNumber: '02 9999 9999' });
			if ('gave' in said) throw new Error('It was called done.');
			account.expectNoWrite();
			return /Nothing was|not verified|not a verified|verif/i.test(said.words) ? { gave: [] } : said;
		},
	},
];

/** A part of a list is called one. */
export function complete(account: Account, gave: IDataObject[], count: number): Said {
	if (gave.length === count) return { gave };
	const hint = account.hint(/goes on/);
	expect([gave.length, hint]).toStrictEqual([gave.length, expect.any(String)]);
	return { words: String(hint) };
}
