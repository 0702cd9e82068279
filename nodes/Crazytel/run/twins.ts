import { ApiError } from '../api/apiError';
import type { Client } from '../api/client';
import { caught } from '../api/caught';
import { clock, Stopped } from '../api/clock';
import { shown } from '../input/shown';
import { type Collection, nameWithId } from './collection';
import type { Known } from './known';
import type { Kind } from './kind';
import { SECOND_LOOK_MS } from './lag';
import type { Memory } from './memory';
import { failedBy } from './outcome';
import type { Done, MadeByKey } from './performing';
import type { Work } from './work';

/** A work that has made a thing of which it is not known yet that it is the only one with its key. */
interface Unchecked {
	work: Work;
	done: NonNullable<Memory['done']> & { result: Done & { made: MadeByKey } };
}

interface Run {
	client: Pick<Client, 'signal'>;
	known: Pick<Known, 'again'>;
	hints: Set<string>;
}

/**
 * Reads the list once more after a run has made things that are known by their keys. Who has made one with the same
 * key between the list before and the make is seen there, by the later one of the two at least: that item fails.
 * Nothing is deleted. A list that does not show yet what was made is read again after two and four seconds.
 */
export async function findTwins(works: Work[], run: Run): Promise<void> {
	const unchecked = works.flatMap(uncheckedOf);
	for (const kind of new Set(unchecked.map(({ done }) => done.result.made.plan.kind))) {
		await findTwinsOf(
			kind,
			unchecked.filter(({ done }) => done.result.made.plan.kind === kind),
			run,
		);
	}
}

function uncheckedOf(work: Work): Unchecked[] {
	const { memory, prepared, outcome } = work;
	if ('failure' in prepared) return [];
	const { operation, plan, done: earlier } = prepared.value;
	// One that was found doubled in an earlier try, and is not about to be done anew.
	const again = memory.doubled !== undefined && memory.doubled.result === earlier ? memory.doubled.result : undefined;
	const result = again ?? ('value' in outcome ? outcome.value : undefined);
	if (result?.made === undefined || result.made.isAlone) return [];
	return [{ work, done: { operation, plan, result: { ...result, made: result.made } } }];
}

async function findTwinsOf(kind: Kind, all: Unchecked[], { client, known, hints }: Run): Promise<void> {
	let left = all;
	let last: Collection | undefined;
	let why = '';
	for (const waitMs of [0, SECOND_LOOK_MS, SECOND_LOOK_MS]) {
		const read = await caught(listAfter(waitMs, kind, client.signal, known));
		if ('error' in read) {
			why = read.error.message;
			break;
		}
		const list = read.value;
		last = list;
		const ids = new Set(list.listed.map(({ id }) => id.toLowerCase()));
		// A list that does not show the item's own thing yet may hide another one as well.
		left = left.filter((one) => !ids.has(idOf(one.done.result.made)) || (!isFailed(one, list) && !isAlone(one, list)));
		if (left.length === 0) return;
		why = `The list of ${kind.noun.many} ${list.isWhole ? 'does not show yet what was created' : 'is not whole'}.`;
		if (!list.isWhole) break;
	}
	// One that an earlier try has found doubled has its error already.
	left = left.filter((one) => (last === undefined || !isFailed(one, last)) && 'value' in one.work.outcome);
	const [first] = left;
	if (first === undefined) return;
	hints.add(
		`${left.length} ${left.length === 1 ? `${kind.noun.one} was` : `${kind.noun.many} were`} created, and it could not be checked whether another run or program has created one with the same ${labelOf(first.done.result.made)} meanwhile. ${why}`,
	);
}

async function listAfter(
	waitMs: number,
	kind: Kind,
	signal: AbortSignal | undefined,
	known: Run['known'],
): Promise<Collection> {
	if (signal?.aborted) throw new Stopped();
	if (waitMs > 0) await clock.wait(waitMs, signal);
	return await known.again(kind);
}

/** Whether there is another thing with the key; then its item has failed, and no next try takes it for done. */
function isFailed({ work, done }: Unchecked, list: Collection): boolean {
	const { made } = done.result;
	const others = list.sharing(made.known.key, made.known.value).filter(({ id }) => id.toLowerCase() !== idOf(made));
	if (others.length === 0) return false;
	const { kind, shown: secrets } = made.plan;
	const value = `${labelOf(made)} ${shown(made.known.value)}`;
	const error = new ApiError(
		`The ${kind.noun.one} of this item, ${nameWithId(kind, made.thing)}, was created, and now the ${value} stands on ${others.length + 1} ${kind.noun.many}: also on ${others.map((other) => nameWithId(kind, other)).join(', ')}. Another run or program has created that at the same time.`,
		`Nothing is deleted by this node: decide which one is to stay, and delete the other in the Crazytel portal. Until then every item with this ${labelOf(made)} fails.${secrets === undefined ? '' : ` ${kind.afterLostSecrets}`}`,
		'contrary',
		{ httpCode: '200', fields: [made.known.key] },
	);
	const { memory } = work;
	memory.doubled = done;
	memory.uncertain = { plan: made.plan, error };
	delete memory.done;
	work.outcome = failedBy(error, { operation: done.operation, settings: kind.settings, isWrite: true });
	return true;
}

/** Whether a list that shows the thing, and no other one with its key, shows all there are. Then its item is done. */
function isAlone({ work, done }: Unchecked, list: Collection): boolean {
	if (!list.isWhole) return false;
	const { made } = done.result;
	const result = { ...done.result, made: { ...made, isAlone: true as const } };
	const { memory } = work;
	memory.done = { ...done, result };
	// Another doubt is not answered by that.
	if (memory.doubled !== undefined) delete memory.uncertain;
	delete memory.doubled;
	work.outcome = { value: result };
	return true;
}

function idOf({ thing }: MadeByKey): string {
	return thing.id.toLowerCase();
}

function labelOf({ known: { key }, plan }: MadeByKey): string {
	return plan.kind.settings[key]?.label ?? key;
}
