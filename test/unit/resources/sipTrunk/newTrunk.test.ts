import { REQUIRED, settings } from '../../../../nodes/Crazytel/resources/shared/trunks/settings';
import { type Given, readNew } from '../../../../nodes/Crazytel/resources/shared/settings';
import { refusal } from '../../input/outcome';

const readNewTrunk = (given: Given<typeof settings>) => readNew(settings, given, REQUIRED);

const least = { password: 'Abcdefg1', caller_id_number: '61291234567' };

describe('the settings of a new trunk', () => {
	test('exactly what was given is sent, and nothing else', () => {
		const read = readNewTrunk(least);
		expect(read).toEqual(least);
		expect(Object.keys(read).sort()).toEqual(['caller_id_number', 'password']);
	});

	test('every setting is read from the forms that people have', () => {
		expect(
			readNewTrunk({
				password: 'Abcdefg1',
				caller_id_number: '(02) 9123 4567',
				area_code: 2,
				description: ' Sales ',
				enabled: 'false',
				hide_caller_id: 'TRUE',
				sms_sender: 412345678,
				softphone_show_balance: false,
				softphone_sync_sms: true,
			}),
		).toEqual({
			password: 'Abcdefg1',
			caller_id_number: '61291234567',
			area_code: '02',
			description: 'Sales',
			enabled: false,
			hide_caller_id: true,
			sms_sender: '61412345678',
			softphone_show_balance: false,
			softphone_sync_sms: true,
		});
	});

	test('a false is kept', () => {
		const switches = {
			enabled: false,
			hide_caller_id: false,
			softphone_show_balance: false,
			softphone_sync_sms: false,
		};
		expect(readNewTrunk({ ...least, ...switches })).toEqual({ ...least, ...switches });
	});

	test.each(['', '  ', '\r\n', '\u200B', null, undefined])('an optional setting that is %p was left out', (empty) => {
		const read = readNewTrunk({
			...least,
			area_code: empty,
			description: empty,
			sms_sender: empty,
		});
		expect(Object.keys(read).sort()).toEqual(['caller_id_number', 'password']);
	});

	test.each(['', '  ', '\u200B', null, undefined])(
		'an on-off setting that is %j is refused: left out, it might be on',
		(empty) => {
			const switches = {
				enabled: empty,
				hide_caller_id: empty,
				softphone_show_balance: empty,
				softphone_sync_sms: empty,
			};
			const words =
				'is empty. Fill it in, or remove the field. An expression may have found nothing in this item: for an unticked box write {{ $json.Active ?? false }}.';
			expect(refusal(() => readNewTrunk({ ...least, ...switches })).problems.map(({ message }) => message)).toEqual(
				['Enabled', 'Hide Caller ID', 'Softphone Show Balance', 'Softphone Sync SMS'].map(
					(label) => `${label} ${words}`,
				),
			);
		},
	);

	test.each(['', '  ', null, undefined])('a password or caller ID that is %p is missing', (empty) => {
		const { problems } = refusal(() => readNewTrunk({ password: empty, caller_id_number: empty }));
		expect(problems).toEqual([
			{
				field: 'callerIdNumber',
				message: 'Caller ID is empty. Fill it in. An expression may have found nothing in this item.',
			},
			{
				field: 'password',
				message: 'Password is empty. Fill it in. An expression may have found nothing in this item.',
			},
		]);
	});

	test.each([
		['password', { caller_id_number: '61291234567' }],
		['callerIdNumber', { password: 'Abcdefg1' }],
	])('a required setting that is not there at all is missing: %s', (field, input) => {
		const { problems } = refusal(() => readNewTrunk(input));
		expect(problems.map((problem) => problem.field)).toEqual([field]);
	});

	test('zero is no empty value', () => {
		expect(readNewTrunk({ ...least, description: 0 })).toEqual({ ...least, description: '0' });
		expect(refusal(() => readNewTrunk({ ...least, area_code: 0 })).problems).toHaveLength(1);
	});

	test('all problems are in one message, each with its label, and the password is in none', () => {
		const { problems, message } = refusal(() =>
			readNewTrunk({
				area_code: '9',
				caller_id_number: 'x',
				description: [],
				enabled: 'maybe',
				hide_caller_id: 2,
				password: 'canary',
				sms_sender: '02 9123 4567',
				softphone_show_balance: 'N',
				softphone_sync_sms: {},
			}),
		);
		expect(problems.map((problem) => [problem.field, problem.message.split(/ (?:'|must|cannot)/)[0]])).toEqual([
			['areaCode', 'Area Code'],
			['callerIdNumber', 'Caller ID'],
			['description', 'Description'],
			['enabled', 'Enabled'],
			['hideCallerId', 'Hide Caller ID'],
			['password', 'Password'],
			['smsSender', 'SMS Sender'],
			['softphoneShowBalance', 'Softphone Show Balance'],
			['softphoneSyncSms', 'Softphone Sync SMS'],
		]);
		expect(message).toBe(problems.map((problem) => problem.message).join(' '));
		expect(message).not.toContain('canary');
	});

	test('the problems stand in the order of the fields, empty or not', () => {
		const { problems } = refusal(() => readNewTrunk({ area_code: '9', caller_id_number: '', password: 'short' }));
		expect(problems.map(({ field }) => field)).toEqual(['areaCode', 'callerIdNumber', 'password']);
	});

	test('keys of the prototype are no settings', () => {
		const input = JSON.parse(
			'{"__proto__":{"enabled":false},"constructor":"x","toString":"x","password":"Abcdefg1","caller_id_number":"61291234567"}',
		) as object;
		expect(readNewTrunk(input)).toEqual(least);
		expect(({} as Record<string, unknown>).enabled).toBeUndefined();
	});
});
