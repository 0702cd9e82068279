import { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import { caught } from '../api/caught';
import { clock, Stopped } from '../api/clock';
import { InvalidInput } from '../input/invalidInput';
import { inOrder } from './kind';
import { LAG_MS, SECOND_LOOK_MS } from './lag';
import { type Ledger, nextMoment, noteMade, noteOpen, openWith, wasMadeByOther } from './ledger';
import { inTurn, STOPPED_LOOKING, told, wholeListAfter } from './makeOnce';
import type { Done, Performing } from './performing';
import type { Obtain } from './plan';
import { recentOf } from './recent';
import { nextStep } from './steps';

/**
 * Makes the thing of a plan whose id is known beforehand, once. Nothing is sent where it is there: by the list, or
 * because this process has made it. Where the reply is lost, the request is never sent again: the thing is looked for
 * in the list. While it is open whether another item or execution has made it, nothing is sent either.
 *
 * @returns the thing, marked as to whether it was there already; with `recovered: true` where it was found after a
 *   lost reply
 * @throws ApiError, whose words say whether it may have been made and what to check
 * @throws InvalidInput where another one may have made it, and it cannot be seen
 * @throws Stopped before anything was sent
 */
export async function obtainOnce(plan: Obtain, performing: Performing): Promise<Done> {
	return await inTurn(plan, performing, async (ledger) => {
		// What an earlier try has sent is only looked for.
		if (performing.doubt !== undefined) return await recover(plan, performing.doubt, ledger, performing);
		const there = await thereAlready(plan, ledger, performing);
		if (there !== undefined) {
			performing.hint(
				`A ${plan.kind.noun.one} that was there already was not ${plan.done} again; in its output ${plan.mark} is true.`,
			);
			return asThere(plan, there);
		}
		const sent = await caught(performing.client.send(plan.request));
		if ('value' in sent) {
			note(plan, sent.value, ledger, performing);
			return { ...doneOf(plan, { ...plan.request.body, ...sent.value }), obtained: plan };
		}
		const { error } = sent;
		if (!(error instanceof ApiError) || !error.mayHaveActed) throw error;
		performing.rememberDoubt(error, plan);
		noteOpen(ledger, plan);
		recentOf(performing.client.accountId, plan.kind).mayHaveMade();
		return await recover(plan, error, ledger, performing);
	});
}

function asThere({ kind, mark }: Obtain, thing: Thing): Done {
	return { output: { ...inOrder(kind, thing), [mark]: true } };
}

/** @returns what a report and the output have of a thing that was made */
export function doneOf(plan: Obtain, thing: Thing): Done {
	return { output: { ...inOrder(plan.kind, thing), [plan.mark]: false }, written: plan.id, state: 'created' };
}

/** @returns the thing as far as it is known; undefined where it may be made */
async function thereAlready(plan: Obtain, ledger: Ledger, { known }: Performing): Promise<Thing | undefined> {
	const { id, kind, before } = plan;
	const { now } = nextStep(plan, known);
	if (now !== undefined) return now;
	const made = ledger.made.get(id.toLowerCase());
	// Without a list, what this process has made is there, for all that is known.
	if (made !== undefined && made.moment > (before?.moment ?? 0)) return { id };
	const open = openWith(ledger, id);
	if (open === undefined) return undefined;
	const list = await caught(known.again(kind));
	if ('error' in list) {
		if (list.error instanceof Stopped) throw list.error;
		throw refused(
			plan,
			`Whether it exists could not be seen: ${list.error.message}`,
			'Look for it in the Crazytel portal, then run this item again once the list can be read.',
		);
	}
	const there = list.value.there(id);
	if (there !== undefined) return there;
	if (!list.value.isWhole || clock.now() - open.at <= LAG_MS) {
		throw refused(
			plan,
			`The list of ${kind.noun.many} does not show it yet.`,
			'Look for it in the Crazytel portal, then run this item again in two minutes.',
		);
	}
	ledger.open.delete(open.moment);
	return undefined;
}

function refused({ id, kind, field, done }: Obtain, why: string, cure: string): InvalidInput {
	const message = `The ${kind.noun.one} ${id} may have been ${done} a moment ago, by another item or execution whose reply was lost. ${why} Nothing was sent for this item.\n${cure}`;
	return new InvalidInput([{ field, message }]);
}

/** Looks for the thing after a request of which nobody knows whether it was carried out. */
async function recover(plan: Obtain, error: ApiError, ledger: Ledger, performing: Performing): Promise<Done> {
	const { id, kind, request, before, done } = plan;
	const { one, many } = kind.noun;
	for (const waitMs of [0, SECOND_LOOK_MS]) {
		const look = await caught(
			wholeListAfter(waitMs, kind, { secrets: [], ownTexts: Object.values(request.body ?? {}) }, performing),
		);
		if ('error' in look) {
			throw told(
				error,
				look.error instanceof Stopped ? STOPPED_LOOKING : `This node could not look for it. ${look.error.message}`,
			);
		}
		const thing = look.value.find((other) => other.id.toLowerCase() === id.toLowerCase());
		if (thing === undefined) continue;
		// One item at most is told that it was made for it.
		if (wasMadeByOther(ledger, plan)) {
			performing.client.countAsDone(request);
			return asThere(plan, thing);
		}
		const unseen = before === undefined ? ' Whether it was there before could not be seen.' : '';
		performing.hint(
			`The reply to ${request.endpoint.words.doing} ${id} was lost. It was found in the list of ${many}.${unseen}`,
		);
		performing.client.countAsDone(request);
		note(plan, thing, ledger, performing);
		const found = doneOf(plan, { ...request.body, ...thing });
		const { [plan.mark]: mark, ...output } = found.output as Record<string, never>;
		return { ...found, output: { ...output, ...(before !== undefined && { [plan.mark]: mark }), recovered: true } };
	}
	throw error.retold(
		`${error.happened} No trace of the ${one} ${id} was found in the list of ${many}.`,
		`It is unknown whether it was ${done}; most likely it was not.\nLook for it in the Crazytel portal, then run this item again in a new execution.`,
	);
}

/** Keeps for this process that the thing is there; what it has is known by a list alone. */
function note(plan: Obtain, thing: Thing, ledger: Ledger, { client, known }: Performing): void {
	const { kind, values } = plan;
	known.soFar(kind)?.note(thing);
	recentOf(client.accountId, kind).made(thing, values, nextMoment());
	noteMade(ledger, plan, thing);
}
