import type { IDataObject } from 'n8n-workflow';

import type { Encoded } from '../nodes/Crazytel/resources/sms/encoding';
import { PRICE_OF_PART } from '../sandbox';

/** What something costs, in dollars; undefined where the server does not say it. */
export interface BillLine {
	what: string;
	/** At once. */
	now: number | undefined;
	/** In every month after that. */
	monthly: number | undefined;
}

/**
 * What a number and an SMS cost. The prices of the number are those of the search, the parts of the SMS those of its dry run;
 * what a part costs is told by no answer (docs/crazytel-api.md#sms).
 *
 * @param offer a number as Search Available gave it; its price fields are not documented
 * @returns a line for each charge, and their sum
 */
export function billOf(
	name: string,
	{ setup_cost: setup, monthly_cost: month }: IDataObject,
	{ parts }: Encoded,
): BillLine[] {
	const monthly = priceIn(month);
	const lines: BillLine[] = [
		{ what: `${name}, setup`, now: priceIn(setup), monthly: 0 },
		{ what: `${name}, the first month at once`, now: monthly, monthly },
		{
			what: `SMS, ${parts === 1 ? '1 part' : `${parts} parts`} at ${dollars(PRICE_OF_PART)}`,
			now: parts * PRICE_OF_PART,
			monthly: 0,
		},
	];
	const sum = (of: 'now' | 'monthly') =>
		lines.reduce<number | undefined>(
			(all, line) => (all === undefined || line[of] === undefined ? undefined : all + line[of]),
			0,
		);
	return [...lines, { what: 'Together', now: sum('now'), monthly: sum('monthly') }];
}

/** What a balance has become. @param due by how much it should be less, where that is known */
export function balanceLine(before: number, after: number, due: number | undefined): string {
	const paid = dollars(before - after);
	const held =
		due === undefined ? '' : paid === dollars(due) ? ', as it should be' : `, and it should be ${dollars(due)}`;
	return `Balance: ${dollars(before)} before, ${dollars(after)} after. That is ${paid} less${held}.`;
}

/** @returns e.g. `$7.05` */
export function dollars(amount: number | undefined): string {
	if (amount === undefined) return 'not known';
	return new Intl.NumberFormat('en-AU', { style: 'currency', currency: 'AUD' }).format(amount);
}

/** @returns a price as an answer shows it, in dollars; undefined where it shows none */
export function priceIn(value: unknown): number | undefined {
	const price = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof price === 'number' && Number.isFinite(price) ? price : undefined;
}
