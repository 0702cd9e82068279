import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import { createRedactor } from '../api/redaction';
import { type ApiRequest, headerOfKey } from '../api/request';
import { changesOf, differences } from './differences';
import { withoutSecrets } from './kind';
import type { Known } from './known';
import type { Operation } from './operation';
import type { Make, SetValues, WritePlan } from './plan';
import { nextStep, type Step } from './steps';

export const DRY_RUN_HINT = 'Dry Run is on: nothing was written. The output shows what would be sent.';

/**
 * What would be sent for a plan, as the output of a dry run. Secrets are masked.
 *
 * @param known keeps up as if the plan had been carried out, so that the next item of the same thing is
 *   told what it would still change
 */
export function planned({ value: operation }: Operation, planOfItem: WritePlan, known: Known): IDataObject {
	const plan = planOfItem.do === 'make' ? asItStands(planOfItem, known) : planOfItem;
	const step = nextStep(plan, known);
	const output = { dryRun: true, operation, ...thingOf(plan, step), request: shownRequest(plan, step.request) };
	if (plan.do === 'act') {
		known.acts.foresee(plan);
		return { ...output, ...plan.summary, ...(step.request === undefined && { sentBefore: true }) };
	}
	const collection = known.soFar(plan.kind);
	if (plan.do === 'obtain') {
		collection?.note({ ...step.now, id: plan.id });
		return { ...output, ...(collection !== undefined && { [plan.mark]: step.request === undefined }) };
	}
	if (plan.do === 'remove') {
		collection?.forget(plan.id);
		return output;
	}
	collection?.note(afterwards(plan, step));
	return {
		...output,
		...(plan.tellsChanges && { changed: step.request !== undefined }),
		...(collection !== undefined && {
			changes: changesOf(plan.kind, step.now, differences(plan.kind, step.now, step.values)),
		}),
	};
}

/** Of two items with one key, the second would set the thing that the first one makes. */
function asItStands(plan: Make, known: Known): Make | SetValues {
	const id = idOfNew(plan);
	const isMade = known.soFar(plan.kind)?.find(id) !== undefined;
	return isMade && plan.known !== undefined ? plan.known.instead(id) : plan;
}

/** Stands for the id that nobody knows yet. */
function idOfNew({ kind, known, values }: Make): string {
	const name =
		known?.value ??
		Object.keys(kind.keys)
			.map((key) => values[key])
			.find((value) => value !== undefined) ??
		'';
	return `{id of the new ${kind.noun.one} ${JSON.stringify(name)}}`;
}

function thingOf(plan: WritePlan, { now }: Step): IDataObject {
	return plan.do === 'act' || now === undefined ? {} : { [plan.kind.name]: plan.kind.summaryOf(now) };
}

function shownRequest(plan: WritePlan, request: ApiRequest<IDataObject> | undefined): IDataObject | null {
	if (request === undefined) return null;
	const { method, path, query, body, secrets = [], idempotencyKey = '' } = request;
	const id = 'id' in plan ? plan.id : '';
	const sent = createRedactor(secrets).data({
		method,
		// One that is not there yet is easier to read as it is.
		path: path.replace(encodeURIComponent(id), () => id),
		...(query !== undefined && { query }),
		...(body !== undefined && { body }),
	});
	// A key that was not given comes from the execution, and the next one has another.
	return plan.do === 'act' && plan.givenKey !== undefined ? { ...sent, headers: headerOfKey(idempotencyKey) } : sent;
}

function afterwards(plan: Make | SetValues, { now, values }: Step): Thing {
	return { ...now, ...withoutSecrets(plan.kind, values), id: plan.do === 'make' ? idOfNew(plan) : plan.id };
}
