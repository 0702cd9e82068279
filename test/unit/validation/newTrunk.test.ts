import { describeWithEachZod, refusal } from './eachZod';

const least = { password: 'Abcdefg1', caller_id_number: '61291234567' };

describeWithEachZod('the settings of a new trunk', ({ readNewTrunk, InvalidInput, isEmpty }) => {
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
		const switches = { enabled: false, hide_caller_id: false, softphone_show_balance: false, softphone_sync_sms: false };
		expect(readNewTrunk({ ...least, ...switches })).toEqual({ ...least, ...switches });
	});

	test.each(['', '  ', '\r\n', null, undefined])('an optional setting that is %p was left out', (empty) => {
		const read = readNewTrunk({
			...least,
			area_code: empty,
			description: empty,
			enabled: empty,
			hide_caller_id: empty,
			sms_sender: empty,
			softphone_show_balance: empty,
			softphone_sync_sms: empty,
		});
		expect(Object.keys(read).sort()).toEqual(['caller_id_number', 'password']);
	});

	test.each(['', '  ', null, undefined])('a password or caller ID that is %p is missing', (empty) => {
		const { problems } = refusal({ InvalidInput }, () => readNewTrunk({ password: empty, caller_id_number: empty }));
		expect(problems).toEqual([
			{ field: 'caller_id_number', message: 'Caller ID is empty. Fill it in. An expression may have found nothing in this item.' },
			{ field: 'password', message: 'Password is empty. Fill it in. An expression may have found nothing in this item.' },
		]);
	});

	test.each([
		['password', { caller_id_number: '61291234567' }],
		['caller_id_number', { password: 'Abcdefg1' }],
	])('a required setting that is not there at all is missing: %s', (field, input) => {
		const { problems } = refusal({ InvalidInput }, () => readNewTrunk(input));
		expect(problems.map((problem) => problem.field)).toEqual([field]);
	});

	test('zero is no empty value', () => {
		expect(isEmpty(0)).toBe(false);
		expect(isEmpty(false)).toBe(false);
		expect(readNewTrunk({ ...least, description: 0 })).toEqual({ ...least, description: '0' });
		expect(refusal({ InvalidInput }, () => readNewTrunk({ ...least, area_code: 0 })).problems).toHaveLength(1);
	});

	test.each(['\u200B', '\uFEFF', '\u2060 \u200B'])('a text without a visible character is empty: %j', (value) => {
		expect(isEmpty(value)).toBe(true);
	});

	test('all problems are in one message, each with its label, and the password is in none', () => {
		const { problems, message } = refusal({ InvalidInput }, () =>
			readNewTrunk({
				area_code: '9',
				caller_id_number: 'x',
				description: [],
				enabled: 'maybe',
				hide_caller_id: 1,
				password: 'canary',
				sms_sender: '02 9123 4567',
				softphone_show_balance: 'no',
				softphone_sync_sms: {},
			}),
		);
		expect(problems.map((problem) => [problem.field, problem.message.split(/ (?:'|must|cannot)/)[0]])).toEqual([
			['area_code', 'Area Code'],
			['caller_id_number', 'Caller ID'],
			['description', 'Description'],
			['enabled', 'Enabled'],
			['hide_caller_id', 'Hide Caller ID'],
			['password', 'Password'],
			['sms_sender', 'SMS Sender'],
			['softphone_show_balance', 'Softphone Show Balance'],
			['softphone_sync_sms', 'Softphone Sync SMS'],
		]);
		expect(message).toBe(problems.map((problem) => problem.message).join(' '));
		expect(message).not.toContain('canary');
	});

	test('the problems stand in the order of the fields, empty or not', () => {
		const { problems } = refusal({ InvalidInput }, () =>
			readNewTrunk({ area_code: '9', caller_id_number: '', password: 'short' }),
		);
		expect(problems.map(({ field }) => field)).toEqual(['area_code', 'caller_id_number', 'password']);
	});

	test('keys of the prototype are no settings', () => {
		const input = JSON.parse(
			'{"__proto__":{"enabled":false},"constructor":"x","toString":"x","password":"Abcdefg1","caller_id_number":"61291234567"}',
		) as object;
		expect(readNewTrunk(input)).toEqual(least);
		expect(({} as Record<string, unknown>).enabled).toBeUndefined();
	});
});
