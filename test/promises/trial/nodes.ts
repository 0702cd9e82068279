import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { findOperation, properties } from '../../../nodes/Crazytel/resources';
import type { Known } from '../../../nodes/Crazytel/run/known';
import { isWritePlan, type Plan } from '../../../nodes/Crazytel/run/plan';
import type { FindOperation } from '../../../nodes/Crazytel/run/prepareItems';
import { nextStep } from '../../../nodes/Crazytel/run/steps';
import { nodeOf } from './node';
import { findTrial, trialProperties } from './operations';

/** What the operations of watched nodes have planned, oldest first. */
export const plans: Plan[] = [];

/** Keeps what the operations plan. */
function watched(find: FindOperation): FindOperation {
	return (resource, value) => {
		const operation = find(resource, value);
		return {
			...operation,
			async prepare(item) {
				const plan = await operation.prepare(item);
				plans.push(plan);
				return plan;
			},
		};
	};
}

/** The Crazytel node from its sources, so that its plans can be seen. */
export const watchedNode = nodeOf('watched', watched(findOperation), properties);

/** The node of the trial resource. */
export const trialNode = nodeOf('trial', watched(findTrial), trialProperties);

/** The request that a plan comes to where nothing is known; undefined where nothing is to be sent for it alone. */
export function requestOf(plan: Plan): ApiRequest<unknown> | undefined {
	const nothingKnown = { soFar: () => undefined, acts: { doneBy: () => undefined } } as unknown as Known;
	if (isWritePlan(plan)) return nextStep(plan, nothingKnown).request as ApiRequest<unknown> | undefined;
	return plan.do === 'ask' ? (plan.request as ApiRequest<unknown>) : undefined;
}
