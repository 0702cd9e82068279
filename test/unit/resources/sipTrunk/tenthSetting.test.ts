import type { INodeProperties } from 'n8n-workflow';

import { errorOfAnswer } from '../../../../nodes/Crazytel/api/explain';
import type { ApiRequest } from '../../../../nodes/Crazytel/api/request';
import { InvalidInput } from '../../../../nodes/Crazytel/input/invalidInput';
import { findOperation, properties } from '../../../../nodes/Crazytel/resources';
import { trunks } from '../../../../nodes/Crazytel/resources/shared/trunks/kind';
import { planned } from '../../../../nodes/Crazytel/run/dryRun';
import { differences } from '../../../../nodes/Crazytel/run/differences';
import { toFailure } from '../../../../nodes/Crazytel/run/failure';
import type { WritePlan } from '../../../../nodes/Crazytel/run/plan';
import { nextStep } from '../../../../nodes/Crazytel/run/steps';
import { itemOf } from '../itemOf';

/** A tenth setting, and an eleventh that is a secret: all that is written for them is this. */
jest.mock('../../../../nodes/Crazytel/resources/shared/trunks/settings', () => {
	const actual = jest.requireActual<typeof import('../../../../nodes/Crazytel/resources/shared/trunks/settings')>(
		'../../../../nodes/Crazytel/resources/shared/trunks/settings',
	);
	const { setting } = jest.requireActual<typeof import('../../../../nodes/Crazytel/resources/shared/settings')>(
		'../../../../nodes/Crazytel/resources/shared/settings',
	);
	const { lineOfText } = jest.requireActual<typeof import('../../../../nodes/Crazytel/input/text')>(
		'../../../../nodes/Crazytel/input/text',
	);
	const settings = {
		...actual.settings,
		ring_group: setting({
			reads: lineOfText(40),
			field: {
				displayName: 'Ring Group',
				name: 'ringGroup',
				type: 'string',
				default: '',
				description: 'The devices that ring',
			},
		}),
		voicemail_pin: setting({
			reads: lineOfText(40),
			isSecret: true,
			field: {
				displayName: 'Voicemail PIN',
				name: 'voicemailPin',
				type: 'string',
				typeOptions: { password: true },
				default: '',
			},
		}),
	};
	return { ...actual, settings };
});

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const CANARY = 'Canary7Pin';
const entered = { ringGroup: ' Sales ', voicemailPin: CANARY };
const sent = { ring_group: 'Sales', voicemail_pin: CANARY };

/** Where its field stands, of each operation that has it. */
const PLACES: Record<string, [collection: string, others: Record<string, unknown>]> = {
	create: ['additionalFields', { passwordSource: 'generate', callerIdNumber: '61291234567' }],
	upsert: ['additionalFields', { passwordSource: 'generate', callerIdNumber: '61291234567', trunkDescription: 'Acme' }],
	update: ['updateFields', { trunk: ID }],
};

/** What an operation wants for these fields, on an account with these trunks. */
async function prepare(operation: string, fields: object, account: Parameters<typeof itemOf>[1] = {}, options = {}) {
	const [collection = '', others] = PLACES[operation] ?? [];
	const { item, known } = itemOf({ ...others, [collection]: fields, options }, account);
	const found = findOperation('sipTrunk', operation);
	const plan = (await found.prepare(item)) as WritePlan;
	return { operation: found, plan, known, request: nextStep(plan, known).request };
}

describe.each(Object.entries(PLACES))('one more setting, in %s', (operation, [collection]) => {
	test('has a field in the editor', () => {
		const [place] = properties.filter(
			({ name, displayOptions }) =>
				name === collection &&
				displayOptions?.show?.resource?.includes('sipTrunk') &&
				displayOptions?.show?.operation?.includes(operation),
		);
		const fields = (place?.options ?? []) as INodeProperties[];
		expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['ringGroup', 'voicemailPin']));
		expect(fields.find(({ name }) => name === 'ringGroup')).toMatchObject({ displayName: 'Ring Group', default: '' });
	});

	test('is read, and sent under its name in the API', async () => {
		const { plan, request } = await prepare(operation, entered);
		expect(plan).toMatchObject({ values: sent });
		expect(request?.body).toMatchObject(sent);
	});

	test('is left out where it was not added', async () => {
		const { request } = await prepare(operation, { enabled: false });
		expect(request?.body).toHaveProperty('enabled', false);
		expect(request?.body).not.toHaveProperty('ring_group');
	});

	test('is refused by its label where it cannot be used, and located at its field', async () => {
		const fields = { ringGroup: 'a\nb', voicemailPin: 'x'.repeat(41) };
		const refused: unknown = await prepare(operation, fields).catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(InvalidInput);
		expect((refused as InvalidInput).problems).toEqual([
			{
				field: 'ringGroup',
				message: "Ring Group 'a<U+000A>b' has a line break or another control character.\nMake it one line of text.",
			},
			{
				field: 'voicemailPin',
				message: 'Voicemail PIN has 41 characters, more than the 40 that this node sends.\nShorten it.',
			},
		]);
		expect(toFailure(refused, findOperation('sipTrunk', operation).properties)).toMatchObject({
			field: 'Ring Group',
			parameter: `${collection}.ringGroup`,
		});
	});

	test('a secret one is masked in a dry run', async () => {
		const {
			operation: found,
			plan,
			known,
		} = await prepare(operation, entered, { trunks: [{ id: ID, description: 'Other' }] }, { dryRun: true });
		const output = planned(found, plan, known);
		expect(output).toMatchObject({
			request: { body: { ring_group: 'Sales', voicemail_pin: '***' } },
			changes: { ring_group: { from: null, to: 'Sales' }, voicemail_pin: { from: '***', to: '***' } },
		});
		expect(JSON.stringify(output)).not.toContain(CANARY);
	});

	test('is located at its field where the server refuses it, and called by its label', async () => {
		const { operation: found, request } = await prepare(operation, entered);
		const body = { detail: [{ loc: ['body', 'ring_group'], msg: 'unknown group' }] };
		const error = errorOfAnswer(
			request as ApiRequest<unknown>,
			{ status: 422, headers: {}, body },
			'https://crazytel.io',
		);
		expect(toFailure(error, found.properties, { settings: trunks.settings })).toMatchObject({
			message: 'Crazytel refuses the settings (422). Ring Group: unknown group. Correct it and run again.',
			httpCode: '422',
			field: 'Ring Group',
			parameter: `${collection}.ringGroup`,
		});
	});
});

describe('one more setting', () => {
	test('is compared with what is listed, as text; a secret one never is', () => {
		expect(differences(trunks, { id: ID, ring_group: ' Sales', voicemail_pin: CANARY }, sent)).toEqual({
			voicemail_pin: CANARY,
		});
		expect(differences(trunks, { id: ID, ring_group: 'Support' }, sent)).toEqual(sent);
	});

	test('that is as asked for already is not sent with Only If Changed', async () => {
		const account = { trunks: [{ id: ID, ring_group: 'Sales' }] };
		expect((await prepare('update', { ringGroup: 'Sales' }, account, { onlyIfChanged: true })).request).toBeUndefined();
		expect((await prepare('update', { ringGroup: 'Support' }, account, { onlyIfChanged: true })).request?.body).toEqual(
			{ ring_group: 'Support' },
		);
	});

	test('that is a secret is dropped from every answer, and known to the requests that send it', () => {
		const answer = { id: ID, ...sent };
		const { list, make, set } = trunks.requests;
		expect(list().endpoint.read([answer])).toEqual([{ id: ID, ring_group: 'Sales' }]);
		for (const request of [make(sent as object), set(ID, sent as object)]) {
			expect(request.endpoint.read(answer)).toEqual({ id: ID, ring_group: 'Sales' });
			expect(request.secrets).toEqual([CANARY]);
		}
	});
});
