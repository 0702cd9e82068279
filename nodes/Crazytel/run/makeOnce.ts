import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import { caught } from '../api/caught';
import { Stopped } from '../api/clock';
import { isWhole } from '../api/pages';
import type { ApiRequest } from '../api/request';
import { formOf, nameWithId } from './collection';
import { contradictions, isSame } from './differences';
import { type Ledger, ledgerOf, noteMade, noteOpen, oneAfterTheOther, openSince } from './ledger';
import { type Kind, withoutSecrets } from './kind';
import { SECOND_LOOK_MS } from './lag';
import { listAfter } from './lookBack';
import { insteadOf, sendWhileMissing } from './missing';
import type { Performing } from './performing';
import type { KnownBy, Make, SetValues } from './plan';
import { recentOf } from './recent';
import { nextStep } from './steps';
import { hasId, wasThere } from './thereBefore';

export const STOPPED_LOOKING = 'The execution was canceled before this node could look for it.';

/**
 * Makes the thing of a plan, once. Where the reply is lost, or says that something failed behind the API,
 * the request is never sent again: the thing is looked for in the list instead. Of a plan whose thing is
 * known by a key, nothing is sent either where there is such a thing by now: made by this process since the
 * run's list was read, or shown by a list that was read when the request's turn came.
 *
 * @returns the new thing, with `recovered: true` where it was found in the list; or what to do instead to the
 *   one that was made meanwhile
 * @throws ApiError, whose words say whether a thing may exist and what to check
 * @throws InvalidInput when one with the key may have been made meanwhile, or several were
 * @throws Stopped before anything was sent
 */
export async function makeOnce(plan: Make, performing: Performing): Promise<{ made: Thing } | { instead: SetValues }> {
	return await inTurn(plan, performing, async (ledger) => {
		// What an earlier try has sent is only looked for.
		if (performing.doubt !== undefined) {
			const found = await lookFor(plan, performing.doubt, ledger, performing);
			noteMade(ledger, plan, found);
			return { made: found };
		}
		const instead = insteadOf(plan, ledger);
		return instead === undefined ? await send(plan, ledger, performing) : { instead };
	});
}

/** Waits for the end of all other makes of the kind, and of the looks for what they have made. */
export async function inTurn<T>(
	{ kind }: { kind: Kind },
	{ client, doubt }: Performing,
	action: (ledger: Ledger) => Promise<T>,
): Promise<T> {
	const ledger = ledgerOf(client.accountId, kind);
	const result = await caught(oneAfterTheOther(ledger, client.signal, async () => await action(ledger)));
	if ('value' in result) return result.value;
	// Stopped while it waited for its turn to look: it was sent in an earlier try.
	throw result.error instanceof Stopped && doubt !== undefined ? told(doubt, STOPPED_LOOKING) : result.error;
}

async function send(
	plan: Make,
	ledger: Ledger,
	performing: Performing,
): Promise<{ made: Thing } | { instead: SetValues }> {
	const { request } = nextStep(plan, performing.known);
	const end = await sendWhileMissing(plan, request, ledger, performing);
	if ('instead' in end) return end;
	// With the newest list, so that a thing which others have made before it is not taken for this one.
	const { result, plan: sent } = end;
	const error =
		'error' in result
			? result.error
			: errorOfOld(sent, result.value, request, wasThere(sent, result.value.id, ledger, performing));
	let made = 'value' in result && error === undefined ? result.value : undefined;
	if (made === undefined) {
		if (!(error instanceof ApiError) || !error.mayHaveActed) throw error;
		performing.rememberDoubt(error, sent);
		noteOpen(ledger, sent);
		recentOf(performing.client.accountId, plan.kind).mayHaveMade();
		made = await lookFor(sent, error, ledger, performing);
	}
	noteMade(ledger, sent, made);
	return { made };
}

/**
 * An answer with a thing that was there before says nothing of the one that was to be made. Where nobody can tell, one
 * with other settings is not taken for it either: it would be given those of the other.
 *
 * @returns undefined where it is the new one
 */
function errorOfOld(
	{ kind, before, values }: Make,
	thing: Thing,
	{ endpoint: { words } }: ApiRequest<Thing, 'make'>,
	isOld: boolean,
): ApiError | undefined {
	const name = nameWithId(kind, thing);
	const other = Object.keys(contradictions(kind, thing, values));
	if (!isOld && (before !== undefined || other.length === 0)) return undefined;
	const happened = isOld
		? `Crazytel answered ${words.doing} with one that was there before, ${name}.`
		: `Crazytel answered ${words.doing} with one that has other settings than were sent (${other.join(', ')}), ${name}. It may have been there before, so it was left as it is.`;
	return new ApiError(happened, words.afterUnknown, 'unreadable', { httpCode: '200' });
}

/** Looks for a thing that is new since the run began, has all that was sent, and is nobody else's. */
async function lookFor(plan: Make, error: ApiError, ledger: Ledger, performing: Performing): Promise<Thing> {
	const { before, kind, known } = plan;
	const { one, many } = kind.noun;
	if (before === undefined) {
		throw told(error, `The list of ${many} could not be read, so this node could not look for it.`);
	}
	const sent = withoutSecrets(kind, plan.values);
	const request = nextStep(plan, performing.known).request;
	const likenessTo = (values: IDataObject) => (thing: Thing) => likeness(kind, thing, values);
	let strangers: Thing[] = [];
	for (const waitMs of [0, SECOND_LOOK_MS]) {
		const look = await caught(
			wholeListAfter(waitMs, kind, { secrets: request.secrets ?? [], ownTexts: Object.values(sent) }, performing),
		);
		if ('error' in look) {
			const why =
				look.error instanceof Stopped ? STOPPED_LOOKING : `This node could not look for it. ${look.error.message}`;
			throw told(error, why);
		}
		const fresh = look.value.filter(({ id }) => !hasId(before.ids, id) && !ledger.made.has(id.toLowerCase()));
		const likely = fresh.filter(
			// One that is known by its key may have been changed since, by the next item that has it.
			(thing) => likenessTo(sent)(thing) !== 'other' || (known !== undefined && isKeyOf(kind, known, thing)),
		);
		const [only, ...others] = likely;
		// Another make that was lost since may have made it as well.
		const isMine = (thing: Thing): boolean =>
			likenessTo(sent)(thing) === 'same' &&
			openSince(ledger, before.since ?? before.moment, plan).every((values) => likenessTo(values)(thing) === 'other');
		if (only !== undefined && others.length === 0 && isMine(only)) {
			performing.hint(
				`The reply to creating ${one} ${nameWithId(kind, only)} was lost. It was found in the list of ${many}, as the only new one with these settings.`,
			);
			performing.client.countAsDone(request);
			return { ...only, recovered: true };
		}
		if (likely.length > 0) throw told(error, `These new ${many} may be the one: ${namesOf(kind, likely)}.`);
		strangers = fresh;
	}
	throw error.retold(
		`${error.happened} No trace of the ${one} was found: no new ${one} has these settings.${
			strangers.length === 0 ? '' : ` New ${many} with other settings: ${namesOf(kind, strangers)}.`
		}`,
		strangers.length === 0
			? 'Most likely it was not created. Check the Crazytel portal, then run this item again in a new execution.'
			: 'Most likely it was not created, unless Crazytel has made it with other settings than were sent: look at those that are named before you run this item again.',
	);
}

/** The outcome is unknown; the cure of the first error says what to do. */
export function told(error: ApiError, why: string): ApiError {
	return error.retold(`${error.happened} ${why}`);
}

export async function wholeListAfter(
	waitMs: number,
	kind: Kind,
	sent: Parameters<typeof listAfter>[2],
	performing: Performing,
): Promise<Thing[]> {
	const things = await listAfter(waitMs, kind, sent, performing);
	if (isWhole(things)) return things;
	throw new ApiError('The list is not whole.', '', 'unreadable', { httpCode: '200' });
}

/** `same`: has every setting that was sent. `perhaps`: the list does not show all of them. */
function likeness({ settings }: Kind, thing: Thing, sent: IDataObject): 'same' | 'perhaps' | 'other' {
	const names = Object.keys(sent);
	const listed = names.filter((name) => thing[name] !== undefined && thing[name] !== null);
	if (!listed.every((name) => isSame(settings, thing, name, sent[name]))) return 'other';
	return listed.length === names.length ? 'same' : 'perhaps';
}

function isKeyOf({ keys }: Kind, { key, value }: KnownBy, thing: Thing): boolean {
	const declared = keys[key];
	return declared !== undefined && formOf(declared, declared.of(thing)) === formOf(declared, value);
}

function namesOf(kind: Kind, things: Thing[]): string {
	return things.map((thing) => nameWithId(kind, thing)).join(', ');
}
