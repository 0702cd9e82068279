import { type Given, readUpdate } from '../../../../nodes/Crazytel/resources/shared/settings';
import { settings } from '../../../../nodes/Crazytel/resources/shared/trunks/settings';
import { refusal } from '../../input/outcome';

const readTrunkUpdate = (given: Given<typeof settings>, ignoreEmpty?: boolean) =>
	readUpdate(settings, given, ignoreEmpty);

describe('the settings of an update', () => {
	test('an update without a field is refused', () => {
		const { problems, message } = refusal(() => readTrunkUpdate({}));
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

	test('an empty text from an expression clears nothing, and is left out with Ignore Empty', () => {
		const byExpression = (parameter: string) => parameter === 'description';
		const { message } = refusal(() => readUpdate(settings, { description: '' }, false, byExpression));
		expect(message).toMatch(/^Description is empty\. Give a text, leave the field itself empty to clear it/);
		expect(readUpdate(settings, { description: '', enabled: 'no' }, true, byExpression)).toEqual({ enabled: false });
		expect(readUpdate(settings, { description: 'Acme' }, false, byExpression)).toEqual({ description: 'Acme' });
	});

	test.each([null, undefined])('a description that is %p is refused, because an expression found nothing', (value) => {
		const { message } = refusal(() => readTrunkUpdate({ description: value }));
		expect(message).toBe(
			'Description is empty. Give a text, leave the field itself empty to clear it, or add Ignore Empty in Options. An expression may have found nothing in this item.',
		);
	});

	const notClearable = Object.entries(settings).filter(([, { isClearable }]) => isClearable !== true);

	describe.each(notClearable)('%s', (name, { label, parameter }) => {
		test.each(['', '  ', '\n', null, undefined])('%p is refused by its label', (value) => {
			const { problems } = refusal(() => readTrunkUpdate({ [name]: value }));
			expect(problems.map(({ field }) => field)).toEqual([parameter]);
			expect(problems[0]?.message).toMatch(new RegExp(`^${label} is empty\\. Fill it in`));
		});

		test.each([[[]], [{}], [Number.NaN]])('%p is refused by its label', (value) => {
			const { problems } = refusal(() => readTrunkUpdate({ [name]: value }));
			expect(problems.map(({ field }) => field)).toEqual([parameter]);
			expect(problems[0]?.message.startsWith(`${label} `)).toBe(true);
		});
	});

	test('one bad field refuses the good ones too', () => {
		const { problems } = refusal(() => readTrunkUpdate({ enabled: false, area_code: '9' }));
		expect(problems.map(({ field }) => field)).toEqual(['areaCode']);
	});

	test('empty and wrong fields are in one message, in the order of the fields', () => {
		const { problems, message } = refusal(() =>
			readTrunkUpdate({ area_code: '9', enabled: 'maybe', sms_sender: '', softphone_sync_sms: 'x' }),
		);
		expect(problems.map(({ field }) => field)).toEqual(['areaCode', 'enabled', 'smsSender', 'softphoneSyncSms']);
		expect(message).toContain('Area Code ');
		expect(message).toContain('SMS Sender is empty.');
	});
});
