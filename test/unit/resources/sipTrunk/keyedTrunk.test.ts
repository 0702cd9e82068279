import { type Given, readKeyed } from '../../../../nodes/Crazytel/resources/shared/settings';
import { REQUIRED, settings } from '../../../../nodes/Crazytel/resources/shared/trunks/settings';
import { refusal } from '../../input/outcome';

const readDescribedTrunk = (given: Given<typeof settings>, ignoreEmpty = false) =>
	readKeyed(settings, given, [...REQUIRED, 'description'], ignoreEmpty);

const least = { caller_id_number: '61291234567', description: 'Acme', password: 'Abcdefg1' };
const missing = 'is empty. Fill it in. An expression may have found nothing in this item.';
const hole =
	'is empty. Fill it in, remove the field, or add Ignore Empty in Options. An expression may have found nothing in this item.';

const unticked = hole.replace(/\.$/, ': for an unticked box write {{ $json.Active ?? false }}.');

describe('the settings of a trunk that is made, or updated where it is there', () => {
	test('exactly what was given is sent, a false too', () => {
		expect(readDescribedTrunk({ ...least, enabled: 'false' })).toEqual({ ...least, enabled: false });
	});

	test.each(['', '  ', '\u200B', null, undefined])(
		'an optional setting that is %j is refused, so that it does not depend on the account what happens',
		(empty) => {
			expect(refusal(() => readDescribedTrunk({ ...least, area_code: empty, enabled: empty })).problems).toEqual([
				{ field: 'areaCode', message: `Area Code ${hole}` },
				{ field: 'enabled', message: `Enabled ${unticked}` },
			]);
			expect(readDescribedTrunk({ ...least, area_code: empty, enabled: empty }, true)).toEqual(least);
		},
	);

	test.each([true, false])(
		'what there is no trunk without is missing, and so is its key, whether empty ones are ignored or not: %j',
		(ignoreEmpty) => {
			const problems = ['Caller ID', 'Description', 'Password'].map((label) => `${label} ${missing}`);
			const empty = { caller_id_number: '', description: '', password: null };
			expect(refusal(() => readDescribedTrunk(empty, ignoreEmpty)).problems.map(({ message }) => message)).toEqual(
				problems,
			);
			expect(refusal(() => readDescribedTrunk({}, ignoreEmpty)).problems.map(({ message }) => message)).toEqual(
				problems,
			);
		},
	);

	test('empty and wrong fields are in one message, in the order of the fields', () => {
		const { problems } = refusal(() =>
			readDescribedTrunk({ ...least, softphone_sync_sms: '', description: '', area_code: '9' }),
		);
		expect(problems.map(({ field }) => field)).toEqual(['areaCode', 'description', 'softphoneSyncSms']);
	});
});
