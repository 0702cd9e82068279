import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';
import { contentOf, givenKeysOf, keyOf } from './givenKeys';
import { failedBy } from './outcome';
import type { Act, Plan } from './plan';
import { type Work, workOf } from './work';

/** So many items are named. */
const MOST_ITEMS = 20;

/**
 * Refuses the items of a run that give one key to different acts, and those whose key was used for another one: a server
 * that knows a key does nothing more under it, and may call that a success.
 */
export function refuseSharedKeys(works: Work[], accountId: string): Work[] {
	const groups = new Map<string, Array<{ index: number; plan: Act }>>();
	for (const { index, prepared } of works) {
		const plan = 'value' in prepared ? prepared.value.plan : undefined;
		if (!hasGivenKey(plan)) continue;
		groups.set(keyOf(plan), [...(groups.get(keyOf(plan)) ?? []), { index, plan }]);
	}
	return works.map((work) => {
		const { index, memory, prepared } = work;
		if ('failure' in prepared || prepared.value.done !== undefined || memory.uncertain !== undefined) return work;
		const { operation, plan } = prepared.value;
		if (!hasGivenKey(plan)) return work;
		const sharing = groups.get(keyOf(plan)) ?? [];
		const isShared = sharing.some((other) => contentOf(other.plan) !== contentOf(plan));
		if (!isShared && !givenKeysOf(accountId).isOfAnother(plan)) return work;
		const { field, label } = plan.givenKey;
		const where = isShared
			? `stands on items that ask for different things (${namesOf(sharing)}, counted from 0), and one key is done once`
			: 'was used for something else in the last day, and one key is done once';
		const error = new InvalidInput([
			{
				field,
				message: `${label} ${shown(keyOf(plan))} ${where}.\nGive each its own by an expression, e.g. an order number, or leave the option out.`,
			},
		]);
		return workOf(index, memory, failedBy(error, { operation }));
	});
}

type GivenAct = Act & Required<Pick<Act, 'givenKey'>>;

function hasGivenKey(plan: Plan | undefined): plan is GivenAct {
	return plan?.do === 'act' && plan.givenKey !== undefined;
}

function namesOf(items: Array<{ index: number }>): string {
	const more = items.length - MOST_ITEMS;
	return `${items
		.slice(0, MOST_ITEMS)
		.map(({ index }) => index)
		.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
