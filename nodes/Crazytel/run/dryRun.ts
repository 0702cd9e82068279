import type { IDataObject } from 'n8n-workflow';

import { createRedactor } from '../api/redaction';
import { type ApiRequest, headerOfKey } from '../api/request';
import { changesOf, differences } from './differences';
import { keyOf } from './givenKeys';
import { withoutSecrets } from './kind';
import type { Known } from './known';
import type { Operation } from './operation';
import type { Make, SetValues, WritePlan } from './plan';
import { nextStep } from './steps';

export const DRY_RUN_HINT = 'Dry Run is on: nothing was written. The output shows what would be sent.';

/**
 * What would be sent for a plan, as the output of a dry run. Secrets are masked.
 *
 * @param known keeps up as if the plan had been carried out, so that the next item of the same thing is
 *   told what it would still change
 */
export function planned({ value: operation }: Operation, planOfItem: WritePlan, known: Known): IDataObject {
	const plan = planOfItem.do === 'make' ? asItStands(planOfItem, known) : planOfItem;
	const { request, values, now } = nextStep(plan, known);
	const about = { dryRun: true, operation };
	if (plan.do === 'act') {
		known.acts.foresee(plan);
		if (request === undefined) return { ...about, request: null, ...plan.summary, sentBefore: true };
		// A key that was not given comes from the execution, and the next one has another.
		const headers = plan.givenKey && { headers: headerOfKey(keyOf(plan)) };
		return { ...about, request: { ...shownRequest(request), ...headers }, ...plan.summary };
	}
	const { kind } = plan;
	const id = plan.do === 'make' ? idOfNew(plan) : plan.id;
	const output = {
		...about,
		...(now !== undefined && { [kind.name]: kind.summaryOf(now) }),
		request: request === undefined ? null : shownRequest(request, id),
	};
	const collection = known.soFar(kind);
	if (plan.do === 'obtain') {
		collection?.note({ ...now, id });
		return { ...output, ...(collection !== undefined && { [plan.mark]: request === undefined }) };
	}
	if (plan.do === 'remove') {
		collection?.forget(id);
		return output;
	}
	collection?.note({ ...now, ...withoutSecrets(kind, values), id });
	return {
		...output,
		...(plan.tellsChanges && { changed: request !== undefined }),
		...(collection !== undefined && { changes: changesOf(kind, now, differences(kind, now, values)) }),
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

/** @param id of the thing: one that is not there yet is easier to read as it is */
function shownRequest({ method, path, query, body, secrets = [] }: ApiRequest<IDataObject>, id = ''): IDataObject {
	return createRedactor(secrets).data({
		method,
		path: path.replace(encodeURIComponent(id), () => id),
		...(query !== undefined && { query }),
		...(body !== undefined && { body }),
	});
}
