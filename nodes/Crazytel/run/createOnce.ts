import { ApiError } from '../api/apiError';
import { text, type Trunk } from '../api/answers';
import type { Client } from '../api/client';
import { clock, Stopped } from '../api/clock';
import { trunkListRequest } from '../api/endpoints';
import { InvalidInput } from '../validation/invalidInput';
import { shown } from '../validation/shown';
import type { TrunkId } from '../validation/trunkId';
import type { TrunkSetting, TrunkSettings } from '../validation/trunkSettings';
import { isSame } from './differences';
import { type Ledger, ledgerOf, madeSince, noteMade, noteOpen, oneAfterTheOther, openSince } from './ledger';
import type { WritePlan, Writing } from './operation';

/** How long a trunk may take to turn up in the list, in milliseconds. */
const SECOND_LOOK_MS = 2_000;

const STOPPED_LOOKING = 'The execution was canceled before this node could look for it.';

/**
 * Creates the trunk of a plan, once. Where the reply is lost, or says that something failed behind
 * the API, the request is never sent again: the trunk is looked for in the list instead.
 *
 * @returns the trunk; with `recovered: true` where it was found in the list
 * @throws ApiError, whose words say whether a trunk may exist and what to check
 * @throws Stopped before anything was sent
 */
export async function createOnce(plan: WritePlan, writing: Writing): Promise<Trunk> {
	return await inTurn(writing, async (ledger) => await sendOrLook(plan, ledger, writing));
}

/**
 * Does the same for a trunk that is known by its description, unless this process has made one with
 * that description since the run's list was read: for an earlier item, or in another execution.
 *
 * @returns the new trunk, or the id of the one that was made meanwhile
 * @throws InvalidInput when such a trunk may have been made, or several were
 * @throws ApiError, Stopped as {@link createOnce} does
 */
export async function createUnlessMade(
	plan: WritePlan,
	writing: Writing,
): Promise<{ created: Trunk } | { existing: TrunkId }> {
	return await inTurn(writing, async (ledger) => {
		// What an earlier try has sent is only looked for.
		const existing = writing.uncertain === undefined ? idMadeSince(plan, ledger) : undefined;
		return existing === undefined ? { created: await sendOrLook(plan, ledger, writing) } : { existing };
	});
}

async function inTurn<T>({ client, uncertain }: Writing, action: (ledger: Ledger) => Promise<T>): Promise<T> {
	const ledger = ledgerOf(client.accountId);
	const result = await oneAfterTheOther(ledger, client.signal, async () => ({ value: await action(ledger) })).catch(
		(error: Error) => error,
	);
	if (!(result instanceof Error)) return result.value;
	// Stopped while it waited for its turn to look: it was sent in an earlier try.
	throw result instanceof Stopped && uncertain !== undefined ? told(uncertain, STOPPED_LOOKING) : result;
}

function idMadeSince({ key, trunksBefore }: WritePlan, ledger: Ledger): TrunkId | undefined {
	if (trunksBefore === undefined) return undefined;
	const refused = (words: string) =>
		new InvalidInput([{ field: 'description', message: `Description ${shown(key)} ${words}` }]);
	if (openSince(ledger, trunksBefore.moment).some(({ description }) => description === key)) {
		throw refused(
			'may belong to a trunk that was sent a moment ago, and it is unknown whether that exists. Nothing was sent for this item. Look for it in the Crazytel portal, then run this item again.',
		);
	}
	const [made, ...others] = madeSince(ledger, trunksBefore.moment, key);
	if (others.length > 0) {
		throw refused('was given to several trunks a moment ago. Nothing was sent for this item. Give each trunk a description of its own.');
	}
	return made;
}

async function sendOrLook(plan: WritePlan, ledger: Ledger, writing: Writing): Promise<Trunk> {
	const trunk =
		writing.uncertain === undefined
			? await send(plan, ledger, writing)
			: await lookFor(plan, writing.uncertain, ledger, writing);
	noteMade(ledger, plan, trunk);
	return trunk;
}

async function send(plan: WritePlan, ledger: Ledger, writing: Writing): Promise<Trunk> {
	const result = await writing.client.send(plan.request).catch((error: unknown) => error);
	if (!(result instanceof Error)) return result as Trunk;
	if (!(result instanceof ApiError) || !result.mayHaveActed) throw result;
	writing.rememberUncertain(result, plan);
	noteOpen(ledger, plan);
	return await lookFor(plan, result, ledger, writing);
}

/** Looks for a trunk that is new since the run began, has all that was sent, and is nobody else's. */
async function lookFor(plan: WritePlan, error: ApiError, ledger: Ledger, writing: Writing): Promise<Trunk> {
	const { key, trunksBefore, request } = plan;
	const sent = request.body ?? {};
	if (trunksBefore === undefined) {
		throw told(error, 'The list of trunks could not be read, so this node could not look for it.');
	}
	let strangers: Trunk[] = [];
	for (const waitMs of [0, SECOND_LOOK_MS]) {
		const list = await readList(writing.client, waitMs, sent.password ?? '');
		if (list instanceof Error) {
			throw told(error, list instanceof Stopped ? STOPPED_LOOKING : `This node could not look for it. ${list.message}`);
		}
		const fresh = list.filter(({ id }) => !trunksBefore.ids.has(id) && !ledger.made.has(id));
		const likely = fresh.filter(
			// One that is known by its description may have been changed since, by the next item that has it.
			(trunk) => likeness(trunk, sent) !== 'other' || text(trunk.description) === key,
		);
		const [only, ...others] = likely;
		// Another create that was lost since may have made it as well.
		const isMine = (trunk: Trunk): boolean =>
			likeness(trunk, sent) === 'same' &&
			openSince(ledger, trunksBefore.moment, plan).every((settings) => likeness(trunk, settings) === 'other');
		if (only !== undefined && others.length === 0 && isMine(only)) {
			writing.hint(
				`The reply to creating trunk ${nameOf(only)} was lost. It was found in the list of trunks, as the only new one with these settings.`,
			);
			writing.client.countAsDone(request);
			return { ...only, recovered: true };
		}
		if (likely.length > 0) {
			throw told(error, `These new trunks may be the one: ${likely.map(nameOf).join(', ')}.`);
		}
		strangers = fresh;
	}
	throw new ApiError(
		`${error.happened} No trace of the trunk was found: no new trunk has these settings.${
			strangers.length === 0 ? '' : ` New trunks with other settings: ${strangers.map(nameOf).join(', ')}.`
		}`,
		'Most likely it was not created. Check the Crazytel portal, then run this item again in a new execution.',
		error.kind,
		error,
	);
}

/** The outcome is unknown; the cure of the first error says what to do. */
function told(error: ApiError, why: string): ApiError {
	return new ApiError(`${error.happened} ${why}`, error.cure, error.kind, error);
}

async function readList(client: Client, waitMs: number, password: string): Promise<Trunk[] | Error> {
	try {
		await clock.wait(waitMs, client.signal);
		return await client.send(trunkListRequest(), { secrets: [password] });
	} catch (error) {
		return error as Error;
	}
}

/** `same`: has every setting that was sent. `perhaps`: the list does not show all of them. */
function likeness(trunk: Trunk, sent: TrunkSettings): 'same' | 'perhaps' | 'other' {
	// A password is never listed.
	const names = (Object.keys(sent) as TrunkSetting[]).filter((name) => name !== 'password');
	const listed = names.filter((name) => trunk[name] !== undefined && trunk[name] !== null);
	if (!listed.every((name) => isSame(trunk, name, sent[name]))) return 'other';
	return listed.length === names.length ? 'same' : 'perhaps';
}

function nameOf({ id, username }: Trunk): string {
	const name = text(username);
	return name === '' ? id : `${name} (${id})`;
}
