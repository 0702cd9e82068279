import { describeWithEachZod, refusal } from './eachZod';

const labels = {
	area_code: 'Area Code',
	caller_id_number: 'Caller ID',
	description: 'Description',
	enabled: 'Enabled',
	hide_caller_id: 'Hide Caller ID',
	password: 'Password',
	sms_sender: 'SMS Sender',
	softphone_show_balance: 'Softphone Show Balance',
	softphone_sync_sms: 'Softphone Sync SMS',
};

describeWithEachZod('the settings of an update', ({ readTrunkUpdate, SETTING_NAMES, InvalidInput }) => {
	test('the settings have the names that people know', () => {
		expect(SETTING_NAMES).toEqual(labels);
	});

	test('an update without a field is refused', () => {
		const { problems, message } = refusal({ InvalidInput }, () => readTrunkUpdate({}));
		expect(problems.map(({ field }) => field)).toEqual(['updateFields']);
		expect(message).toBe('Update Fields has no field. Add at least one field to change.');
	});

	test.each([
		[{ enabled: false }],
		[{ hide_caller_id: false }],
		[{ softphone_show_balance: false }],
		[{ softphone_sync_sms: false }],
		[{ area_code: '02' }],
		[{ description: 'x' }],
		[{ password: 'Abcdefg1' }],
	])('%p alone is sent alone', (input) => {
		const read = readTrunkUpdate(input);
		expect(read).toEqual(input);
		expect(Object.keys(read)).toEqual(Object.keys(input));
	});

	test('an empty description clears it', () => {
		expect(readTrunkUpdate({ description: '' })).toEqual({ description: '' });
	});

	test.each([null, undefined])('a description that is %p is refused, because an expression found nothing', (value) => {
		const { message } = refusal({ InvalidInput }, () => readTrunkUpdate({ description: value }));
		expect(message).toBe(
			'Description is empty. Give a text, an empty text to clear it, or switch on Ignore Empty in Options. An expression may have found nothing in this item.',
		);
	});

	describe.each(Object.entries(labels).filter(([name]) => name !== 'description'))('%s', (name, label) => {
		test.each(['', '  ', '\n', null, undefined])('%p is refused by its label', (value) => {
			const { problems } = refusal({ InvalidInput }, () => readTrunkUpdate({ [name]: value }));
			expect(problems.map(({ field }) => field)).toEqual([name]);
			expect(problems[0]?.message).toMatch(new RegExp(`^${label} is empty\\. Fill it in`));
		});

		test.each([[[]], [{}], [Number.NaN]])('%p is refused by its label', (value) => {
			const { problems } = refusal({ InvalidInput }, () => readTrunkUpdate({ [name]: value }));
			expect(problems.map(({ field }) => field)).toEqual([name]);
			expect(problems[0]?.message.startsWith(`${label} `)).toBe(true);
		});
	});

	test('one bad field refuses the good ones too', () => {
		const { problems } = refusal({ InvalidInput }, () => readTrunkUpdate({ enabled: false, area_code: '9' }));
		expect(problems.map(({ field }) => field)).toEqual(['area_code']);
	});

	test('empty and wrong fields are in one message, in the order of the fields', () => {
		const { problems, message } = refusal({ InvalidInput }, () =>
			readTrunkUpdate({ area_code: '9', enabled: 'maybe', sms_sender: '', softphone_sync_sms: 'x' }),
		);
		expect(problems.map(({ field }) => field)).toEqual(['area_code', 'enabled', 'sms_sender', 'softphone_sync_sms']);
		expect(message).toContain('Area Code ');
		expect(message).toContain('SMS Sender is empty.');
	});

	test('the error is an error with a name', () => {
		const error = refusal({ InvalidInput }, () => readTrunkUpdate({}));
		expect(error).toBeInstanceOf(Error);
		expect(error.name).toBe('InvalidInput');
	});
});
