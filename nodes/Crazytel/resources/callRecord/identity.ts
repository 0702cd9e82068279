import { isEmpty } from '../../input/empty';
import { type Row, setUpOf } from './rows';

/**
 * Words in the names of columns that say which call it was. Which columns there are is not documented
 * (docs/crazytel-api.md#call-records), so they are told by what APIs of telephony call them.
 */
const STAYS = new Set(
	'type tor direction caller callee called calling cli ani dnis src source dst dest destination from to number did extension account user username trunk subject id uuid guid'.split(
		' ',
	),
);

/**
 * Words in the names of those that may change later or are filled in: what rating finds, the prefix of the rate too, names
 * out of a directory, how the call went on.
 */
const CHANGES = new Set(
	'name prefix cost rate rated rating fee price charge amount total balance currency tax gst plan duration seconds minutes billsec billed pdd time date answer answered end ended status state disposition cause reason invoice paid updated modified created recording url text body'.split(
		' ',
	),
);

/** What of a record stays the same: its time, in whatever form it comes, and the columns that say which call it was. */
export function identityOf(row: Row): string {
	const columns = columnsThatStay(row);
	return JSON.stringify([
		setUpOf(row)?.at ?? text(row.setup_time),
		...columns.map(([name, value]) => [name, text(value)]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
	]);
}

/** Whether it is the other one with other values in what may change. Without a column that stays, nobody can tell. */
export function isSameChanged(row: Row, other: Row): boolean {
	return columnsThatStay(row).length > 0 && identityOf(row) === identityOf(other);
}

function columnsThatStay(row: Row): Array<[string, unknown]> {
	return Object.entries(row).filter(([name, value]) => !isEmpty(value) && staysTheSame(name));
}

function staysTheSame(name: string): boolean {
	const words = name
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^a-z]+/);
	return words.some((word) => STAYS.has(word)) && !words.some((word) => CHANGES.has(word));
}

function text(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
