import { z } from 'zod';

import { withWords } from '../../../input/words';

/** The shortest password that the API takes (docs/crazytel-api.md#sip-trunk). */
export const SHORTEST_PASSWORD = 8;

/** No limit is documented; anything beyond this is a file or a mistake, not a password. */
const LONGEST_PASSWORD = 128;

const RULE = 'Crazytel wants at least 8 characters with an upper-case letter, a lower-case letter and a digit.';

/** Says what a password lacks, as ends of "it …"; empty when it meets the rule. */
export function passwordProblems(password: string): string[] {
	const problems: string[] = [];
	if (password.length < SHORTEST_PASSWORD) problems.push(`has ${password.length} characters`);
	if (password.length > LONGEST_PASSWORD) problems.push(`has more than ${LONGEST_PASSWORD} characters`);
	if (!/[A-Z]/.test(password)) problems.push('has no upper-case letter (A to Z)');
	if (!/[a-z]/.test(password)) problems.push('has no lower-case letter (a to z)');
	if (!/[0-9]/.test(password)) problems.push('has no digit (0 to 9)');
	if (/\p{C}/u.test(password)) problems.push('has a line break or another invisible character');
	// Not trimmed: the phone would be given another password than the one that was set.
	else if (password !== password.trim()) problems.push('begins or ends with a space');
	return problems;
}

/** A field that holds a trunk's password. The messages never show it. */
export const password = withWords(z.string(), (value) => `must be text, and it is ${kindOf(value)}.\n${RULE}`).pipe(
	z.string().superRefine((value, context) => {
		const problems = passwordProblems(value);
		if (problems.length === 0) return;
		context.addIssue({ code: 'custom', message: `cannot be used: it ${joined(problems)}.\n${RULE}` });
	}),
);

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'empty';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function joined(problems: string[]): string {
	const last = problems[problems.length - 1] ?? '';
	return problems.length > 1 ? `${problems.slice(0, -1).join(', ')} and ${last}` : last;
}
