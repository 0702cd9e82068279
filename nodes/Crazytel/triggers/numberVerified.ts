import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isWhole } from '../api/pages';
import { type VerifiedNumber, verifiedNumbers } from '../resources/shared/verifiedNumbers/endpoint';
import type { Event, Look } from './event';
import { changesOf, readWatched, type Unsure } from './listChanges';

const state = z.object({
	/** The numbers, sealed: of one that is removed it must be known which it was. */
	numbers: z.string(),
	/** The places of those that the last list did not have. */
	missing: z.array(z.number().int().min(0)),
	doubted: z.string(),
	hasSeenAll: z.boolean(),
});

type State = z.infer<typeof state>;

/** A new number can be a caller ID at once; one that is removed makes trunks that show it fail. */
export const numberVerified: Event<State> = {
	value: 'numberVerified',
	name: 'Number Verified',
	description: 'A number was added to the verified numbers of the account, or removed from them',
	properties: [],
	options: [],
	state,
	noExample: 'The account has no verified number. Verify one in the Crazytel portal.',
	prepare: () => ({
		query: {},
		async poll(look, before) {
			const known = before === undefined ? undefined : numbersIn(look, before.numbers);
			const listed = await readWatched(look, verifiedNumbers, known === undefined);
			const byNumber = new Map(listed.map((one) => [String(one.number), one]));
			const numbers = [...byNumber.keys()];
			if (before === undefined || known === undefined) {
				return { items: [], state: stateOf(look, numbers, { missing: [], doubted: '', hasSeenAll: isWhole(listed) }) };
			}
			const missing = before.missing.flatMap((place) => known[place] ?? []);
			const { appeared, isNew, gone, isBelieved, unsure } = changesOf(
				look,
				known,
				{ ...before, missing },
				numbers,
				isWhole(listed),
			);
			const there = isBelieved ? [...known.filter((number) => !gone.includes(number)), ...appeared] : known;
			return {
				items: [
					...(isNew ? appeared : []).map((number) => itemOf('added', byNumber.get(number), number)),
					...gone.map((number) => itemOf('removed', undefined, number)),
				],
				state: stateOf(look, there, unsure),
			};
		},
		async example(look) {
			const newest = (await look.read(verifiedNumbers)).at(-1);
			return newest === undefined ? undefined : itemOf('added', newest, newest.number);
		},
	}),
};

function itemOf(change: 'added' | 'removed', verified: VerifiedNumber | undefined, number: string): IDataObject {
	const own = { change, number };
	// Before what the account gives, and never overwritten by it.
	return { ...own, ...verified?.entry, ...own };
}

function stateOf(look: Look, numbers: string[], { missing, ...unsure }: Unsure): State {
	return {
		numbers: look.seal(JSON.stringify(numbers)),
		missing: missing.map((number) => numbers.indexOf(number)),
		...unsure,
	};
}

function numbersIn(look: Look, sealed: string): string[] | undefined {
	const text = look.unseal(sealed);
	return text === undefined ? undefined : z.array(z.string()).parse(JSON.parse(text));
}
