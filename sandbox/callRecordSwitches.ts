import { z } from 'zod';

/** What the documentation leaves open of call records. What is not named is as here. */
export const callRecordSwitches = z
	.object({
		/** The most that one answer has, whatever was asked for; 0 is no bound. */
		cap: z.number().int().min(0).default(0),
		/** The largest `limit` that is taken; 0 is any. A larger one is a 422. */
		largestLimit: z.number().int().min(0).default(0),
		/** The form of setup_time. */
		timeForm: z.enum(['T', 'space', 'Z', 'offset', 'fraction', 'day first', 'none']).default('T'),
		/** By how many hours its clock is ahead of UTC; a form without a zone does not say so. */
		hoursAhead: z.number().int().min(-12).max(14).default(0),
		/** By how many hours the clock is ahead by which a date without a zone is read. */
		hoursAheadAsked: z.number().int().min(-12).max(14).default(0),
		/** When its clock goes back by an hour, milliseconds since 1970; 0 is never. */
		clockBackAt: z.number().int().min(0).default(0),
		/** Which of the two a time without a zone is, in the hour that then repeats. */
		repeatedHourIs: z.enum(['first', 'second']).default('first'),
		/** Whether rows of the very end_date are in the answer. */
		isEndIncluded: z.boolean().default(true),
		/** Whether end_date is not looked at. */
		ignoresEnd: z.boolean().default(false),
		/** Whether start_date is not looked at. */
		ignoresStart: z.boolean().default(false),
		order: z.enum(['newest first', 'oldest first', 'mixed']).default('newest first'),
		/** The key of a list that is wrapped; empty where it is bare. */
		wrapper: z.string().default(''),
	})
	.strict();

export type CallRecordSwitches = z.infer<typeof callRecordSwitches>;

export const defaultCallRecordSwitches: Readonly<CallRecordSwitches> = callRecordSwitches.parse({});
