import { isWritePlan, type Plan, settingsOf } from '../../../nodes/Crazytel/run/plan';
import { acting, asking, gathering, giving, making, obtaining, removing, setting, things } from './things';

test('a plan writes, unless it gives, asks or gathers', () => {
	const plans = [giving(), asking(), gathering(async () => []), making(), setting('a-1'), removing('a-1'), acting()];
	expect(plans.filter(isWritePlan).map((plan) => plan.do)).toEqual(['make', 'set', 'remove', 'act']);
});

describe('the settings that the server may name', () => {
	test('are those of the kind', () => {
		for (const plan of [making(), setting('a-1'), removing('a-1'), obtaining(), { ...giving(), kind: things }]) {
			expect(settingsOf(plan)).toBe(things.settings);
		}
	});

	test('are those of an act itself, which is about no kind of thing', () => {
		const { settings } = things;
		expect(settingsOf(acting({}, { settings }))).toBe(settings);
		expect(settingsOf(acting())).toBeUndefined();
	});

	test('are none where nothing is known of what is asked', () => {
		for (const plan of [giving(), { ...giving(), kind: undefined }, asking(), gathering(async () => [])]) {
			expect(settingsOf(plan as Plan)).toBeUndefined();
		}
	});
});
