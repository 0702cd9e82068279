import { isWritePlan } from '../../../nodes/Crazytel/run/plan';
import { acting, asking, gathering, giving, making, removing, setting } from './things';

test('a plan writes, unless it gives, asks or gathers', () => {
	const plans = [giving(), asking(), gathering(async () => []), making(), setting('a-1'), removing('a-1'), acting()];
	expect(plans.filter(isWritePlan).map((plan) => plan.do)).toEqual(['make', 'set', 'remove', 'act']);
});
