/* The one place that decides what is sent. The dry run and the run both ask it, so they cannot differ. */
import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import type { ApiRequest } from '../api/request';
import { formOf } from './collection';
import { differences } from './differences';
import type { Kind } from './kind';
import type { Known } from './known';
import type { Act, KnownBy, Make, Obtain, Plan, Remove, SetValues, WritePlan } from './plan';

/** What a plan comes to as things stand now. */
export interface Step {
	/** Undefined where the thing is as asked for already, or was done under its key. */
	request: ApiRequest<IDataObject> | undefined;
	/** The values that are sent. */
	values: IDataObject;
	/** The thing as it was before; undefined where that is not known, or there is none. */
	now: Thing | undefined;
}

/** @param known what the run knows of the thing by now */
export function nextStep(plan: Act, known: Known): Step & { request: Act['request'] | undefined };
export function nextStep(plan: Make, known: Known): Step & { request: ApiRequest<Thing, 'make'> };
export function nextStep(plan: Obtain, known: Known): Step & { request: ApiRequest<Thing, 'make'> | undefined };
export function nextStep(plan: Remove, known: Known): Step & { request: ApiRequest<IDataObject, 'remove'> };
export function nextStep(
	plan: SetValues,
	known: Known,
): (Step & { request: ApiRequest<Thing, 'set'> }) | (Step & { request: undefined; now: Thing });
export function nextStep(plan: WritePlan, known: Known): Step;
export function nextStep(plan: WritePlan, known: Known): Step {
	switch (plan.do) {
		case 'act':
			return { request: known.acts.doneBy(plan) === undefined ? plan.request : undefined, values: {}, now: undefined };
		case 'make':
			return { request: plan.kind.requests.make(plan.values), values: plan.values, now: undefined };
		case 'obtain': {
			const now = known.soFar(plan.kind)?.there(plan.id);
			return now === undefined
				? { request: plan.request, values: plan.values, now }
				: { request: undefined, values: {}, now };
		}
		case 'remove':
			return {
				request: withName(plan, plan.kind.requests.remove(plan.id)),
				values: {},
				now: known.soFar(plan.kind)?.find(plan.id),
			};
		case 'set': {
			const now = known.soFar(plan.kind)?.find(plan.id);
			const values = plan.onlyDifferences ? differences(plan.kind, now, plan.values) : plan.values;
			const isRight = now !== undefined && Object.keys(values).length === 0;
			return { request: isRight ? undefined : requestOf(plan, values), values, now };
		}
	}
}

/** The request of a plan that sets values, for some of them. */
export function requestOf(plan: SetValues, values: IDataObject): ApiRequest<Thing, 'set'> {
	const { by, kind, id } = plan;
	return withName(plan, (by ?? kind.requests.set)(id, values));
}

/** What goes wrong with it is told with the name that the user knows. */
function withName<Request extends ApiRequest<IDataObject>>({ called }: SetValues | Remove, request: Request): Request {
	return { ...request, called };
}

/** What the items of a run must not do at the same time; undefined where an item is about nothing else's thing. */
export function subjectOf(plan: Plan): string | undefined {
	switch (plan.do) {
		case 'give':
		case 'ask':
		case 'gather':
		case 'act':
			return undefined;
		case 'make':
			return plan.known && keyed(plan.kind, plan.known);
		case 'set':
			return plan.known === undefined ? `${plan.kind.name} ${plan.id}` : keyed(plan.kind, plan.known);
		case 'obtain':
		case 'remove':
			return `${plan.kind.name} ${plan.id}`;
	}
}

function keyed({ name, keys }: Kind, { key, value }: KnownBy): string {
	return `${name} with ${key} ${formOf(keys[key] ?? {}, value)}`;
}

/**
 * The lane of each plan: items of one lane are performed in their order. All makes of a kind are in one, and
 * with them whatever has the key or the id of one: the thing that it sets may be the one that was made just before.
 *
 * @param plans undefined where there is nothing to perform
 */
export function lanesOf(plans: Array<Plan | undefined>): string[] {
	const made = new Set(
		plans.map((plan) => (plan?.do === 'make' || plan?.do === 'obtain' ? subjectOf(plan) : undefined)),
	);
	return plans.map((plan, index) => {
		const alone = `item ${index}`;
		if (plan === undefined) return alone;
		const subject = subjectOf(plan);
		if (
			plan.do === 'make' ||
			plan.do === 'obtain' ||
			((plan.do === 'set' || plan.do === 'remove') && made.has(subject))
		) {
			return `making ${plan.kind.name}`;
		}
		if (plan.do === 'act' && plan.subject !== undefined) return `acting on ${plan.subject}`;
		// By the id, whatever it is known by: two items may name one thing in two ways.
		return plan.do === 'set' || plan.do === 'remove' ? `${plan.kind.name} ${plan.id}` : alone;
	});
}
