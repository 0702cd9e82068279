import type { Trunk } from '../../../nodes/Crazytel/api/answers';
import { changesOf, contradictions, differences, isSame } from '../../../nodes/Crazytel/run/differences';
import type { TrunkSetting, TrunkSettings } from '../../../nodes/Crazytel/validation/trunkSettings';

describe('the same', () => {
	test.each<[TrunkSetting, unknown, unknown, boolean]>([
		['description', 'Acme', 'Acme', true],
		['description', ' Acme\n', 'Acme', true],
		['description', 'acme', 'Acme', false],
		['description', null, '', true],
		['description', '', '', true],
		['description', null, 'null', false],
		['description', 42, '42', true],
		['description', '61412345678', '0412345678', false],
		['caller_id_number', '61291234567', '61291234567', true],
		['caller_id_number', 61291234567, '61291234567', true],
		['caller_id_number', '+61 2 9123 4567', '61291234567', true],
		['caller_id_number', '0291234567', '61291234567', true],
		['caller_id_number', 'anonymous', '61291234567', false],
		['caller_id_number', null, '61291234567', false],
		['sms_sender', '0412 345 678', '61412345678', true],
		['area_code', '02', '02', true],
		['area_code', null, '02', false],
		['enabled', false, false, true],
		['enabled', null, false, false],
		['enabled', 'false', false, true],
		['enabled', 0, false, true],
		['enabled', 1, true, true],
		['enabled', 1, false, false],
		['enabled', 'True', true, true],
		['enabled', 'no', false, false],
		['enabled', 10, false, false],
		['enabled', 10, true, false],
		['enabled', 'untrue', true, false],
		['area_code', 2, '02', true],
		['area_code', '3', '02', false],
		['enabled', true, false, false],
	])('%s listed as %j and sent as %j: %j', (setting, listed, sent, expected) => {
		expect(isSame({ id: 'a', [setting]: listed } as Trunk, setting, sent)).toBe(expected);
	});
});

const TRUNK: Trunk = { id: 'a', enabled: true, description: null, caller_id_number: '0291234567' };
const WANTED: TrunkSettings = { enabled: false, description: '', caller_id_number: '61291234567', area_code: '02', password: 'Secret1Pass' };

test('what differs: what the trunk has otherwise, what it does not show, and every password', () => {
	expect(differences(TRUNK, WANTED)).toEqual({ enabled: false, area_code: '02', password: 'Secret1Pass' });
	expect(differences({ ...TRUNK, password: 'Secret1Pass' }, { password: 'Secret1Pass' })).toEqual({ password: 'Secret1Pass' });
	expect(differences(undefined, WANTED)).toEqual(WANTED);
	expect(differences(TRUNK, {})).toEqual({});
});

test('what contradicts: only what the trunk shows otherwise, and never a password', () => {
	expect(contradictions(TRUNK, WANTED)).toEqual({ enabled: false });
	expect(contradictions({ ...TRUNK, password: 'Other1Pass' }, { password: 'Secret1Pass' })).toEqual({});
});

test('changes: from what was known to what is asked for, with passwords masked', () => {
	const changes = {
		enabled: { from: true, to: false },
		description: { from: null, to: '' },
		caller_id_number: { from: '0291234567', to: '61291234567' },
		area_code: { from: null, to: '02' },
		password: { from: '***', to: '***' },
	};
	expect(changesOf({ ...TRUNK, password: 'Other1Pass' }, WANTED)).toEqual(changes);
	expect(changesOf(undefined, { enabled: false })).toEqual({ enabled: { from: null, to: false } });
});
