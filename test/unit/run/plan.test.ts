import { isWritePlan } from '../../../nodes/Crazytel/run/plan';
import { acting, asking, giving, making, removing, setting } from './things';

test('a plan writes, unless it gives or asks', () => {
	const plans = [giving(), asking(), making(), setting('a-1'), removing('a-1'), acting()];
	expect(plans.filter(isWritePlan).map((plan) => plan.do)).toEqual(['make', 'set', 'remove', 'act']);
});
