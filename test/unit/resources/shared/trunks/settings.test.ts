import { settings, type TrunkSettings } from '../../../../../nodes/Crazytel/resources/shared/trunks/settings';
import { outcome } from '../../../input/outcome';

/** Their names in the API, in saved workflows, and in every message. Never change a line; add some. */
const NAMES: Record<keyof TrunkSettings, [parameter: string, label: string]> = {
	area_code: ['areaCode', 'Area Code'],
	caller_id_number: ['callerIdNumber', 'Caller ID'],
	description: ['description', 'Description'],
	enabled: ['enabled', 'Enabled'],
	hide_caller_id: ['hideCallerId', 'Hide Caller ID'],
	password: ['password', 'Password'],
	sms_sender: ['smsSender', 'SMS Sender'],
	softphone_show_balance: ['softphoneShowBalance', 'Softphone Show Balance'],
	softphone_sync_sms: ['softphoneSyncSms', 'Softphone Sync SMS'],
};

test('the settings keep their names', () => {
	const names = Object.entries(settings).map(([name, { parameter, label }]) => [name, [parameter, label]]);
	expect(Object.fromEntries(names)).toEqual(NAMES);
});

test('only the password is a secret, and only a description is cleared by an empty text', () => {
	const having = (mark: 'isSecret' | 'isClearable') =>
		Object.entries(settings).flatMap(([name, declared]) => (declared[mark] === true ? [name] : []));
	expect(having('isSecret')).toEqual(['password']);
	expect(having('isClearable')).toEqual(['description']);
});

test('a description has up to 1,000 characters', () => {
	const { reads } = settings.description;
	expect(outcome(reads, 'x'.repeat(1000)).problems).toEqual([]);
	expect(outcome(reads, 'x'.repeat(1001)).problems).toEqual([
		'has 1001 characters, more than the 1000 that this node sends. Shorten it.',
	]);
});

test('a caller ID may be any verified number, an SMS sender only one that can send', () => {
	const verified = ['61291234567', '61412345678', '14155552671'];
	expect(verified.filter((number) => settings.caller_id_number.mayUse?.(number))).toEqual(verified);
	expect(verified.filter((number) => settings.sms_sender.mayUse?.(number))).toEqual(['61412345678']);
});

describe('the same', () => {
	test.each<[keyof TrunkSettings, unknown, unknown, boolean]>([
		['area_code', 2, '02', true],
		['area_code', '3', '02', false],
		['caller_id_number', '0291234567', '61291234567', true],
		['caller_id_number', null, '61291234567', false],
		['description', 'Acme', 'Acme', true],
		['description', ' Acme\n', 'Acme', true],
		['description', 'acme', 'Acme', false],
		['description', null, '', true],
		['description', undefined, '', true],
		['description', '', '', true],
		['description', null, 'null', false],
		['description', 42, '42', true],
		// It only looks like a number.
		['description', '61412345678', '0412345678', false],
		['enabled', 'false', false, true],
		['enabled', null, false, false],
		['hide_caller_id', 1, true, true],
		['sms_sender', '0412 345 678', '61412345678', true],
		['softphone_show_balance', 0, true, false],
		['softphone_sync_sms', 'True', true, true],
	])('%s listed as %j and sent as %j: %j', (name, listed, sent, expected) => {
		expect(settings[name].isSame(listed, sent)).toBe(expected);
	});
});
