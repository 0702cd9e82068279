import type { Judged, Report } from './report';

const MARKS: Record<Judged['verdict'], string> = { confirmed: '✓', refuted: '✗', 'not visible': '?', 'not asked': '–' };

/** How what this check did not show can be settled. */
const WAYS: Record<string, string> = {
	'a throwaway trunk': 'npm run check:live -- --throwaway-trunk shows it',
	'an SMS': 'an SMS that is sent would show it',
	'a purchase': 'a number that is bought would show it',
	"a number of one's own": "an update of a number of one's own would show it",
	time: 'time will show it',
	'--all': 'npm run check:live -- --all asks for it',
	CRAZYTEL_SMS_API_KEY: 'npm run check:live with the SMS key in CRAZYTEL_SMS_API_KEY shows it',
	'another run': 'the check ended before it',
	Crazytel: 'only Crazytel can tell',
};

const ORDER: Array<Judged['verdict']> = ['refuted', 'confirmed', 'not visible', 'not asked'];

/** What a person reads of one assumption. */
export interface Row {
	verdict: Judged['verdict'];
	question: string;
	/** What was seen, what was not, and what would show it. */
	found: string;
}

function rowOf({ verdict, question, saw, open = [], settledBy }: Judged): Row {
	const found = [
		saw === undefined ? '' : verdict === 'refuted' ? `saw ${saw}` : saw,
		open.length === 0 ? '' : `not visible: ${open.join(', ')}`,
		settledBy === undefined
			? verdict === 'not visible'
				? 'no answer of this account showed it'
				: ''
			: (WAYS[settledBy] ?? settledBy),
	].filter((part) => part !== '');
	return { verdict, question, found: found.join('; ') };
}

/** The verdicts of a report, those that ask for something first. */
export function rowsOf({ verdicts }: Pick<Report, 'verdicts'>): Row[] {
	return ORDER.flatMap((wanted) => verdicts.filter(({ verdict }) => verdict === wanted).map(rowOf));
}

/** How many of each kind. */
export function summaryOf({ verdicts, asked, throwaway }: Pick<Report, 'verdicts' | 'asked' | 'throwaway'>): string {
	const counts = ORDER.map(
		(wanted) => `${String(verdicts.filter(({ verdict }) => verdict === wanted).length)} ${wanted}`,
	);
	const writes =
		throwaway === undefined ? '' : `; beside them ${String(throwaway.steps.length)} writes about the throwaway trunk`;
	return `${String(asked)} requests, all of them GET${writes}. ${counts.join(', ')}.`;
}

/** What the verdicts are about: “confirmed” is not “yes”. */
const LEGEND = 'Is it as this package takes it for granted? What was seen is told in the names of docs/sandbox.md.';

/** A report for the screen: nothing is in it that the report does not have. */
export function printed(report: Report): string {
	const lines = rowsOf(report).map(
		({ verdict, question, found }) =>
			`  ${MARKS[verdict]} ${verdict.padEnd(11)} ${question}${found === '' ? '' : `\n                ${found}`}`,
	);
	return `${report.ended === undefined ? '' : `It ended early. ${report.ended}\n\n`}${LEGEND}\n\n${lines.join('\n')}\n\n${summaryOf(report)}\n`;
}
