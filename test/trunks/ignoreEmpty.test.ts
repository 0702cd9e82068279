import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox, StoredTrunk } from '../../sandbox';
import { play, type Scene, writes } from '../engine/scene';
import { openAccount, patches, playOne, stored, trunkBy } from './account';

const IGNORE = { options: { ignoreEmpty: true } };

const HOLES: Array<[string, unknown]> = [
	['an empty text', ''],
	['null', null],
	['nothing', undefined],
	['space', ' \t\u00a0'],
	['a space that nobody sees', '\u200b\ufeff'],
];

let sandbox: Sandbox;
let trunk: StoredTrunk;

beforeEach(async () => {
	sandbox = await openAccount();
	trunk = sandbox.addTrunk({ description: 'Acme', area_code: '02', sms_sender: '61412345678' });
});

afterEach(async () => {
	await sandbox.close();
});

/** A row of a CRM: every field is there, and most are holes. */
const fields: INodeParameters = {
	areaCode: '={{ $json.area }}',
	enabled: '={{ $json.enabled }}',
	hideCallerId: '={{ $json.hide }}',
	smsSender: '={{ $json.sms }}',
	softphoneShowBalance: '={{ $json.balance }}',
	softphoneSyncSms: '={{ $json.sync }}',
};

async function update(item: IDataObject, more: INodeParameters = IGNORE): Promise<Scene> {
	const updateFields = {
		...fields,
		callerIdNumber: '={{ $json.number }}',
		description: '={{ $json.name }}',
		password: '={{ $json.secret }}',
	};
	return await playOne(sandbox, { operation: 'update', ...trunkBy('id', trunk.id), updateFields, ...more }, item);
}

async function upsert(item: IDataObject, more: INodeParameters = IGNORE): Promise<Scene> {
	const parameters = {
		operation: 'upsert',
		trunkDescription: '={{ $json.name }}',
		callerIdNumber: '={{ $json.number }}',
		additionalFields: fields,
	};
	return await playOne(sandbox, { ...parameters, ...more }, item);
}

const ALL = ['area', 'enabled', 'hide', 'sms', 'balance', 'sync', 'number', 'name', 'secret'];

describe.each(HOLES)('holes that are %s', (_, hole) => {
	const row = (filled: IDataObject): IDataObject =>
		({ ...Object.fromEntries(ALL.map((name) => [name, hole])), ...filled }) as IDataObject;

	test('Update sends what is filled, false included, and leaves the rest alone', async () => {
		const { error } = await update(row({ area: 3, enabled: false }));

		expect(error).toBeUndefined();
		expect(patches(sandbox)).toStrictEqual([{ area_code: '03', enabled: false }]);
		expect(stored(sandbox, trunk)).toStrictEqual({ ...trunk, area_code: '03', enabled: false });
	});

	test('Create or Update changes what is filled and leaves the rest alone', async () => {
		const { error } = await upsert(row({ name: 'Acme', number: '61291234567', enabled: 'false' }));

		expect(error).toBeUndefined();
		expect(stored(sandbox, trunk)).toStrictEqual({ ...trunk, enabled: false });
	});

	test('Create or Update creates a trunk of what is filled', async () => {
		await upsert(row({ name: 'Beta', number: '61291234567', area: '7' }));
		const [request] = sandbox.requests.filter(({ kind }) => kind === 'create');

		expect(request?.body).toStrictEqual({
			area_code: '07',
			caller_id_number: '61291234567',
			description: 'Beta',
			password: expect.stringMatching(/^\w{24}$/),
		});
	});

	test('an update of nothing but holes is refused, and says why', async () => {
		const { told } = await update(row({}));

		expect(told).toBe(
			'Update Fields has no field with a value in this item, and Ignore Empty skips the empty ones. Take the item out before this node. Nothing was written.',
		);
		expect(sandbox.requests).toStrictEqual([]);
	});

	test('what a trunk cannot be without is refused all the same', async () => {
		const { error, told } = await upsert(row({ area: '02' }), {
			...IGNORE,
			passwordSource: 'enter',
			password: '={{ $json.secret }}',
		});

		expect(error?.message).toBe('Caller ID is empty. Description is empty. Password is empty.');
		expect(told).toContain(
			'Caller ID, Description, Password: Fill it in. An expression may have found nothing in this item.',
		);
		expect(sandbox.requests).toStrictEqual([]);
	});

	test.each([
		['Update', async () => await update(row({ area: '03' }), {})],
		['Create or Update', async () => await upsert(row({ name: 'Acme', number: '61291234567', area: '03' }), {})],
	])('without the option %s is refused, with the name of each field and of the option', async (operation, run) => {
		const { told } = await run();

		for (const name of ['Enabled', 'Hide Caller ID', 'SMS Sender', 'Softphone Show Balance', 'Softphone Sync SMS']) {
			expect(told).toMatch(
				new RegExp(
					`\\b${name} is empty\\. .*\\b${name}\\b[^.]*: Fill it in, remove the field, or add Ignore Empty in Options\\.`,
				),
			);
		}
		expect(told.includes('Description is empty')).toBe(operation === 'Update');
		expect(told).not.toContain('Area Code');
		expect(sandbox.requests).toStrictEqual([]);
	});
});

test('a description that was left empty clears it without the option, and is left out with it', async () => {
	await update({ enabled: true }, { updateFields: { description: '', enabled: true }, ...IGNORE });
	expect(stored(sandbox, trunk)?.description).toBe('Acme');

	await update({}, { updateFields: { description: '' } });
	expect(stored(sandbox, trunk)?.description).toBe('');
});

test.each(['={{ $json.name }}', '={{ "" }}', '='])(
	'an empty description from the expression %s clears nothing',
	async (description) => {
		const { told } = await update({ name: '' }, { updateFields: { description } });
		expect(told).toBe(
			'Description is empty. Give a text, leave the field itself empty to clear it, or add Ignore Empty in Options. An expression may have found nothing in this item. Nothing was written.',
		);
		expect(stored(sandbox, trunk)?.description).toBe('Acme');

		await update(
			{ name: '', enabled: false },
			{ updateFields: { description, enabled: '={{ $json.enabled }}' }, ...IGNORE },
		);
		expect(stored(sandbox, trunk)).toMatchObject({ description: 'Acme', enabled: false });
	},
);

test('what is filled and cannot be used is refused all the same', async () => {
	const { told } = await update({ area: '99', name: '' });
	expect(told).toContain("Area Code '99' is not an Australian area code.");
	expect(writes(sandbox)).toStrictEqual([]);
});

test('zero and false are no holes', async () => {
	const { told } = await update({ area: 0, enabled: false });
	expect(told).toContain("Area Code '0' is not an Australian area code.");
});

test('an Update without fields is refused as before', async () => {
	const { told } = await update({}, { updateFields: {}, ...IGNORE });
	expect(told).toBe('Update Fields has no field. Add at least one field to change. Nothing was written.');
});

test('each item has its own holes', async () => {
	const other = sandbox.addTrunk();
	await play(sandbox, {
		items: [
			{ trunk: trunk.id, area: '03' },
			{ trunk: other.id, enabled: false },
		],
		parameters: { operation: 'update', ...trunkBy('id'), updateFields: fields, ...IGNORE },
	});

	expect(stored(sandbox, trunk)).toStrictEqual({ ...trunk, area_code: '03' });
	expect(stored(sandbox, other)).toStrictEqual({ ...other, enabled: false });
});

test.each([
	['={{ "true" }}', true],
	['={{ "False" }}', false],
])('the option given as %s', async (ignoreEmpty, isOn) => {
	const { error } = await update({ area: '03' }, { options: { ignoreEmpty } });
	expect(error === undefined).toBe(isOn);
});

test('the option given as garbage is refused, beside what else is wrong', async () => {
	const { told } = await update({ area: '99' }, { options: { ignoreEmpty: '={{ "perhaps" }}' } });
	expect(told).toContain("Ignore Empty must be true or false, and it is 'perhaps'.");
	expect(sandbox.requests).toStrictEqual([]);
});
