/* Whether there is still no thing with a plan's key: asked of what this process knows, and of lists. */
import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import { text, type Thing } from '../api/body';
import { caught } from '../api/caught';
import { clock } from '../api/clock';
import { Outdated } from '../api/outdated';
import type { ApiRequest } from '../api/request';
import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';
import { messageOf, partsOf } from '../input/words';
import { type Collection, formOf } from './collection';
import type { Kind } from './kind';
import { type Ledger, madeSince, openLately, openSince } from './ledger';
import type { Performing } from './performing';
import type { KnownBy, Make, SetValues } from './plan';

const NOTHING_SENT = 'Nothing was sent for this item.';

/** What is to be done in the place of a make. */
type Decision = { instead: SetValues } | { error: Error };

/** How a make was sent: the plan has the newest list that was read before. */
interface Sent {
	result: { value: Thing } | { error: Error };
	plan: Make;
}

/**
 * What this process has made with the key of a plan since the run's first list was read.
 *
 * @returns what to do to it, undefined where there is none
 * @throws InvalidInput when one may have been made, or several were
 */
export function insteadOf({ kind, known, before }: Make, ledger: Ledger): SetValues | undefined {
	if (known === undefined || before === undefined) return undefined;
	const { key, value } = known;
	const { label = key, parameter = key } = kind.settings[key] ?? {};
	const refused = (words: string) =>
		new InvalidInput([{ field: parameter, message: `${label} ${shown(value)} ${words}` }]);
	const declared = kind.keys[key] ?? {};
	const hasKey = (values: IDataObject) => formOf(declared, text(values[key])) === formOf(declared, value);
	const since = before.since ?? before.moment;
	if ([...openSince(ledger, since), ...openLately(ledger)].some(hasKey)) {
		throw refused(
			`may belong to a ${kind.noun.one} that was sent a moment ago, and it is unknown whether that exists. ${NOTHING_SENT}\nLook for it in the Crazytel portal, then run this item again in two minutes.`,
		);
	}
	const [made, ...others] = madeSince(ledger, since, hasKey);
	if (others.length > 0) {
		throw refused(
			`was given to several ${kind.noun.many} a moment ago. ${NOTHING_SENT}\nGive each ${kind.noun.one} a ${label.toLowerCase()} of its own.`,
		);
	}
	return made === undefined ? undefined : known.instead(made);
}

/**
 * Sends the request of a make. If the thing is known by a key, the newest list is asked for it when the request
 * has got its place, which may be a minute later; one that is old by then is read again first, once for an item.
 *
 * @throws ApiError, InvalidInput or Stopped where nothing was sent
 */
export async function sendWhileMissing(
	plan: Make,
	request: ApiRequest<Thing, 'make'>,
	ledger: Ledger,
	{ client, known }: Performing,
): Promise<Sent | { instead: SetValues }> {
	const { kind, known: knownBy, before } = plan;
	if (knownBy === undefined || before === undefined) return { result: await caught(client.send(request)), plan };
	let sent = plan;
	let { moment } = before;
	let isReadAgain = false;
	let decision: Decision | undefined;
	const take = (all: Collection): void => {
		if (all.moment === moment) return;
		moment = all.moment;
		sent = { ...plan, before: all };
		decision = decide(sent, knownBy, all, ledger);
	};
	const onTurn = (): boolean => {
		const newest = known.newest(kind);
		if (newest === undefined) return true;
		take(newest.all);
		// With one request a minute every list is old when the next turn comes.
		return decision === undefined && (isReadAgain || clock.now() <= newest.youngUntil);
	};
	for (;;) {
		const result = await caught(client.send(request, undefined, { onTurn }));
		if (!('error' in result) || !(result.error instanceof Outdated)) return { result, plan: sent };
		if (decision === undefined) {
			isReadAgain = true;
			const again = await caught(known.again(kind));
			if ('error' in again) throw unread(kind, knownBy, again.error);
			take(again.value);
		}
		if (decision === undefined) continue;
		if ('error' in decision) throw decision.error;
		return decision;
	}
}

/** Decides by a newer list as it was decided by the first one. */
function decide(plan: Make, known: NonNullable<Make['known']>, all: Collection, ledger: Ledger): Decision | undefined {
	try {
		const id = known.idIn(all);
		const instead = id === undefined ? insteadOf(plan, ledger) : known.instead(id);
		return instead && { instead };
	} catch (error) {
		return { error: error instanceof InvalidInput ? withNothingSent(error) : (error as Error) };
	}
}

function withNothingSent({ problems }: InvalidInput): InvalidInput {
	return new InvalidInput(
		problems.map(({ field, message }) => {
			const { happened, cure } = partsOf(message);
			return {
				field,
				message: messageOf({
					happened: happened.includes(NOTHING_SENT) ? happened : `${happened} ${NOTHING_SENT}`,
					cure,
				}),
			};
		}),
	);
}

function unread(kind: Kind, { key }: KnownBy, error: Error): Error {
	if (!(error instanceof ApiError)) return error;
	const label = kind.settings[key]?.label ?? key;
	return error.retold(
		`${NOTHING_SENT} It has waited for some time, and whether somebody else has made a ${kind.noun.one} with its ${label} meanwhile could not be seen. ${error.happened}`,
		error.cure,
		'unsent',
	);
}
