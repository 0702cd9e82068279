import { ApiError } from '../api/apiError';
import { caught } from '../api/caught';
import { hasKey } from '../api/request';
import { afterMaking } from './afterMaking';
import { contraryOf } from './contrary';
import { inOrder } from './kind';
import { hasToBeSeen } from './lookBack';
import { makeOnce } from './makeOnce';
import { obtainOnce } from './obtainOnce';
import type { Done, Performing } from './performing';
import type { Act, Ask, Gather, Give, Make, Plan, Remove } from './plan';
import { recentOf } from './recent';
import { setValues } from './setValues';
import { nextStep } from './steps';

/** How each plan is carried out. Together with makeOnce, obtainOnce and setValues the only code that sends a write. */
const performers: { [Do in Plan['do']]: (plan: Extract<Plan, { do: Do }>, performing: Performing) => Promise<Done> } = {
	give,
	ask,
	gather,
	make,
	obtain: obtainOnce,
	set: setValues,
	remove,
	act,
};

/**
 * Carries out a plan that is no dry run.
 *
 * @throws InvalidInput or ApiError, or Stopped before anything was sent
 */
export async function perform(plan: Plan, performing: Performing): Promise<Done> {
	return await (performers[plan.do] as (plan: Plan, performing: Performing) => Promise<Done>)(plan, performing);
}

async function give({ kind, found }: Give): Promise<Done> {
	return { output: kind === undefined ? found : found.map((thing) => inOrder(kind, thing)) };
}

async function ask({ request }: Ask, { client }: Performing): Promise<Done> {
	return { output: await client.send(request) };
}

async function gather({ name, read }: Gather, { client, known }: Performing): Promise<Done> {
	return { output: await known.together(name, async () => await read(async (request) => await client.send(request))) };
}

async function make(plan: Make, performing: Performing): Promise<Done> {
	const result = await makeOnce(plan, performing);
	if ('instead' in result) {
		const { instead } = result;
		const written = await caught(setValues(instead, performing));
		if ('value' in written) return written.value;
		const { error } = written;
		// The next try must not look for a thing that this item has never made.
		if (error instanceof ApiError && error.mayHaveActed) performing.rememberDoubt(error, instead);
		throw error;
	}
	return await afterMaking(plan, result.made, performing);
}

async function remove(plan: Remove, { client, doubt, known }: Performing): Promise<Done> {
	const { request } = nextStep(plan, known);
	known.soFar(plan.kind)?.forget(plan.id);
	const written = { written: `deleted ${plan.id}`, state: 'deleted' as const };
	const sent = await caught(client.send(request, doubt));
	if ('error' in sent) {
		if (!hasToBeSeen(sent.error)) throw sent.error;
		return { output: {}, ...written, unseen: { plan, values: {}, changes: {}, error: sent.error } };
	}
	recentOf(client.accountId, plan.kind).removed(plan.id);
	return { output: sent.value, ...written };
}

async function act(plan: Act, { client, doubt, known, hint }: Performing): Promise<Done> {
	const { request } = nextStep(plan, known);
	if (request === undefined) return { output: { ...known.acts.doneBy(plan), sentBefore: true } };
	// What an earlier try may have done is not done again, unless the server knows it by its key and has not answered yet.
	if (doubt !== undefined && (!hasKey(request) || doubt.kind === 'unreadable')) throw doubt;
	known.acts.note(plan);
	let isAgain = doubt !== undefined;
	const answer = await client.send(request, doubt, { onRepeatInDoubt: () => void (isAgain = true) });
	if (isAgain && plan.afterRepeat !== undefined) hint(plan.afterRepeat);
	const added = Object.entries(plan.adds ?? {}).filter(([name]) => !Object.hasOwn(answer, name));
	const warning = contraryOf(plan, answer);
	if (warning !== undefined) hint(warning);
	const output = {
		...answer,
		...Object.fromEntries(added),
		...(isAgain && { sentAgain: true }),
		...(warning !== undefined && { warning }),
	};
	known.acts.note(plan, output);
	return { output, written: plan.name, state: 'done' };
}
