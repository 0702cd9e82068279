import { z } from 'zod';

/** What the documentation leaves open of phone numbers. */
export const numberSwitches = {
	/** Which address of the owned numbers answers: with the slash at its end, or without it. */
	ownedListSlash: z.boolean(),
	/** What the other one answers. */
	ownedListOther: z.union([z.literal(307), z.literal(404), z.literal(405)], {
		errorMap: () => ({ message: 'must be 307, 404 or 405' }),
	}),
	/** The owned and the available numbers: bare arrays, or objects that wrap one. */
	numberListShape: z.enum(['bare', 'wrapped']),
	/** The key of the number in each entry. */
	numberKey: z.enum(['did_number', 'number', 'did', 'phone_number']),
	/** Whether an owned number has an id of its own. */
	numberIds: z.boolean(),
	/** Whether an update leaves alone what its body does not name; if not, that is reset. */
	partialNumberUpdate: z.boolean(),
	/** What an update of a number is answered with: the number, a message, or nothing with that status. */
	numberUpdateAnswer: z.union([z.literal('number'), z.literal('message'), z.literal(200), z.literal(204)], {
		errorMap: () => ({ message: "must be 'number', 'message', 200 or 204" }),
	}),
	/** Whether a number that the account owns can be bought, and paid for, once more. */
	sellsTwice: z.boolean(),
	/** Milliseconds by which the list of owned numbers is behind. */
	ownedListLagMs: z.number().int().min(0),
	/** So many of the available numbers are in one answer, another part in each; 0 is all of them. */
	availableSample: z.number().int().min(0),
	/** The addresses and the owners: bare arrays, or objects that wrap one under their name or `results`. */
	peopleShape: z.enum(['bare', 'named', 'results']),
};

export const defaultNumberSwitches = {
	ownedListSlash: true,
	ownedListOther: 307,
	numberListShape: 'bare',
	numberKey: 'did_number',
	numberIds: false,
	partialNumberUpdate: true,
	numberUpdateAnswer: 'number',
	sellsTwice: false,
	ownedListLagMs: 0,
	availableSample: 0,
	peopleShape: 'bare',
} as const;
