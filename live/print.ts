import type { Judged, Report } from './report';

const MARKS: Record<Judged['verdict'], string> = { confirmed: '✓', refuted: '✗', 'not visible': '?', 'not asked': '–' };

/** How what this check did not show can be settled. */
const WAYS: Record<string, string> = {
	'a throwaway trunk': '--throwaway-trunk shows it',
	'an SMS': 'an SMS that is sent would show it',
	'a purchase': 'a number that is bought would show it',
	"a number of one's own": "an update of a number of one's own would show it",
	time: 'time will show it',
	'--all': '--all asks for it',
	CRAZYTEL_SMS_API_KEY: 'the SMS key in CRAZYTEL_SMS_API_KEY shows it',
	'another run': 'the check ended before it',
	Crazytel: 'only Crazytel can tell',
};

function lineOf({ verdict, question, saw, open = [], settledBy }: Judged): string {
	const after = [
		saw === undefined ? '' : verdict === 'refuted' ? `saw ${saw}` : saw,
		open.length === 0 ? '' : `not visible: ${open.join(', ')}`,
		settledBy === undefined ? '' : (WAYS[settledBy] ?? settledBy),
	].filter((part) => part !== '');
	return `  ${MARKS[verdict]} ${verdict.padEnd(11)} ${question}${after.length === 0 ? '' : `\n                ${after.join('; ')}`}`;
}

/** A report for the screen: nothing is in it that the report does not have. */
export function printed({ verdicts, asked, ended, throwaway }: Report): string {
	const count = (wanted: Judged['verdict']): number => verdicts.filter(({ verdict }) => verdict === wanted).length;
	const order: Array<Judged['verdict']> = ['refuted', 'confirmed', 'not visible', 'not asked'];
	const lines = order.flatMap((wanted) => verdicts.filter(({ verdict }) => verdict === wanted).map(lineOf));
	const summary = order.map((wanted) => `${String(count(wanted))} ${wanted}`).join(', ');
	const writes = throwaway === undefined ? '' : `; beside them ${String(throwaway.steps.length)} writes about the throwaway trunk`;
	return `${ended === undefined ? '' : `It ended early. ${ended}\n\n`}${lines.join('\n')}\n\n${String(asked)} requests, all of them GET${writes}. ${summary}.\n`;
}
