import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import { caught } from '../api/caught';
import { clock } from '../api/clock';
import { isWhole } from '../api/pages';
import { hintBeyondAsked } from './beyondAsked';
import { contraryWords, errorOfContrary, isShownAsSent } from './contrary';
import { contradictions } from './differences';
import { done } from './done';
import { type Kind, withoutSecrets } from './kind';
import { SECOND_LOOK_MS } from './lag';
import type { Done, Performing, Unseen } from './performing';
import type { SetValues } from './plan';
import { recentOf } from './recent';

const NOT_WHOLE = new Error('it is not whole.');

/** How looking for a write has ended. */
export type Verdict = { value: Done } | { error: Error };

/** Whether a write may be done, and the list can tell. */
export function hasToBeSeen(error: Error): error is ApiError {
	return error instanceof ApiError && ['accepted', 'unreadable', 'overtaken'].includes(error.kind);
}

/**
 * Looks in the list for writes whose answers do not show what came of them: once for all of them, and after two
 * and four seconds once more for those that it does not show as sent.
 *
 * @param all of one kind, in the order in which they were sent
 * @returns how each has ended, in their order
 */
export async function lookBack(
	all: Unseen[],
	kind: Kind,
	performing: Pick<Performing, 'client' | 'hint'>,
): Promise<Verdict[]> {
	const verdicts = new Map<Unseen, Verdict>();
	const secrets = all.flatMap(({ plan, values }) =>
		plan.do === 'set' ? (kind.requests.set(plan.id, values).secrets ?? []) : [],
	);
	const ownTexts = all.flatMap(({ values }) => Object.values(withoutSecrets(kind, values)));
	for (const waitMs of [0, SECOND_LOOK_MS, SECOND_LOOK_MS]) {
		const left = all.filter((unseen) => !isGood(verdicts.get(unseen)));
		if (left.length === 0) break;
		const list = await caught(listAfter(waitMs, kind, { secrets, ownTexts }, performing));
		for (const unseen of left) {
			// What an earlier look has shown still holds where a later one fails.
			if ('error' in list && verdicts.has(unseen)) continue;
			const verdict =
				'value' in list ? verdictOf(unseen, list.value, performing) : withoutList(unseen, list.error, performing);
			verdicts.set(unseen, verdict);
		}
		if ('error' in list) break;
	}
	return all.flatMap((unseen) => verdicts.get(unseen) ?? []);
}

function isGood(verdict: Verdict | undefined): boolean {
	return verdict !== undefined && 'value' in verdict;
}

/** A list that is looked at after a wait. @param sent what it may repeat */
export async function listAfter(
	waitMs: number,
	kind: Kind,
	sent: { secrets: string[]; ownTexts: unknown[] },
	{ client }: Pick<Performing, 'client'>,
): Promise<Thing[]> {
	await clock.wait(waitMs, client.signal);
	return await client.send({ ...kind.requests.list(), ...sent });
}

function verdictOf(unseen: Unseen, list: Thing[], { client, hint }: Pick<Performing, 'client' | 'hint'>): Verdict {
	const { plan, values, error, changes } = unseen;
	const { kind } = plan;
	const { many, one } = kind.noun;
	const thing = list.find(({ id }) => id.toLowerCase() === plan.id.toLowerCase());
	if (plan.do === 'remove') {
		if (thing !== undefined) return { error: error.retold(`${error.happened} The list of ${many} still shows it.`) };
		if (!isWhole(list)) return { error };
		hint(`${error.happened} The ${one} is not in the list of ${many} any more.`);
		recentOf(client.accountId, kind).removed(plan.id);
		return { value: { output: { deleted: true }, written: `deleted ${plan.id}`, state: 'deleted' } };
	}
	if (thing === undefined && !isWhole(list)) return withoutList(unseen, NOT_WHOLE, { hint });
	if (thing === undefined) {
		return inDoubt(
			{ ...unseen, plan, error: error.retold(`${error.happened} The ${one} is not in the list of ${many}.`) },
			{ id: plan.id },
			hint,
		);
	}
	// What was set anew since, by another item or execution, says nothing of this one, where it is so.
	const last = recentOf(client.accountId, kind).sent(plan.id);
	const isSetAnew = (name: string) => last[name] !== undefined && isShownAsSent(kind, thing, name, last[name]);
	const asked = Object.entries(withoutSecrets(kind, values));
	const wrong = contradictions(kind, thing, Object.fromEntries(asked.filter(([name]) => !isSetAnew(name))));
	const isOvertaken = error.kind === 'overtaken';
	if (Object.keys(wrong).length > 0) {
		const contrary = isOvertaken
			? error.retold(`${error.happened} By the list of ${many}, ${contraryWords(kind, thing, wrong)}.`)
			: errorOfContrary(kind, thing, wrong, error.happened.replace(/\.$/, ''), `by the list of ${many} `);
		return {
			error:
				plan.shown === undefined
					? contrary
					: contrary.retold(contrary.happened, `${contrary.cure} ${kind.afterLostSecrets}`),
		};
	}
	const beyond = hintBeyondAsked(kind, unseen.before, thing, values);
	if (beyond !== undefined) hint(beyond);
	const isSeen = asked.every(([name, value]) => isShownAsSent(kind, thing, name, value));
	const hasSecrets = Object.keys(values).some((name) => kind.settings[name]?.isSecret);
	if ((isOvertaken && (!isSeen || hasSecrets)) || (clears(values) && !isSeen)) {
		return inDoubt({ ...unseen, plan }, thing, hint);
	}
	hint(
		isSeen && !hasSecrets
			? `${error.happened} The list of ${many} shows what was asked for.`
			: `${error.happened} What the list of ${many} does not show, such as a password, is known to be set by that answer alone.`,
	);
	return { value: done(plan, thing, changes) };
}

function withoutList(unseen: Unseen, failure: Error, { hint }: Pick<Performing, 'hint'>): Verdict {
	const { plan, values, error, changes } = unseen;
	const why = `The list of ${plan.kind.noun.many} could not be read afterwards: ${failure.message}`;
	if (plan.do === 'remove') return { error: error.retold(`${error.happened} ${why}`) };
	// No content is what many services answer to a change that they have made; where there is no list, nothing
	// more can be known. One that was needed because the service has ignored the setting before is not believed.
	const hasNoList = failure === NOT_WHOLE || (failure instanceof ApiError && ['404', '405'].includes(failure.httpCode));
	if (error.kind !== 'accepted' || !hasNoList || plan.isOfMade || clears(values))
		return inDoubt({ ...unseen, plan, error: error.retold(`${error.happened} ${why}`) }, { id: plan.id }, hint);
	const rest =
		plan.kind.mayResetOthers === true ? ' Whether Crazytel has reset what was not named could not be seen.' : '';
	hint(`${error.happened} That it was made is known by that alone. ${why}${rest}`);
	return { value: done(plan, { id: plan.id }, changes) };
}

/** Whether an empty text was sent. That it clears anything is not known, so an answer that shows nothing does not say it. */
function clears(values: IDataObject): boolean {
	return Object.values(values).includes('');
}

/** A secret that may be in effect is shown all the same, as nobody else has it, with the words that it only may be. */
function inDoubt(
	{ plan, error, changes }: Unseen & { plan: SetValues },
	thing: Thing,
	hint: Performing['hint'],
): Verdict {
	if (plan.shown === undefined) return { error };
	const names = Object.keys(plan.shown).map((name) => plan.kind.settings[name]?.label ?? name);
	const warning = `It is unknown whether this is in effect: ${names.join(', ')}. ${error.message}`;
	hint(warning);
	const { output, written, lostSecrets } = done(plan, thing, changes);
	const state = plan.isOfMade === true ? 'created, in doubt' : 'updated, in doubt';
	return { value: { output: { ...output, warning }, written: `${written}, if it was`, state, lostSecrets } };
}
