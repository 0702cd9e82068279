import { z } from 'zod';

import { shown } from '../../../input/shown';
import { withWords } from '../../../input/words';

/** The states and territories, as postal addresses have them. Where an area reaches over a border, people give its code. */
const STATES: Readonly<Record<string, string>> = {
	nsw: '02',
	'new south wales': '02',
	act: '02',
	'australian capital territory': '02',
	vic: '03',
	victoria: '03',
	tas: '03',
	tasmania: '03',
	qld: '07',
	queensland: '07',
	sa: '08',
	'south australia': '08',
	wa: '08',
	'western australia': '08',
	nt: '08',
	'northern territory': '08',
};

/** A lost leading zero is put back, so `2` becomes `02`. */
const written = z
	.union([z.string(), z.number()])
	.transform(
		(value) => stateCode(String(value)) ?? /^\(?(\d{1,2})\)?$/.exec(String(value).trim())?.[1]?.padStart(2, '0'),
	)
	// The area codes of the Australian numbering plan; the API documents only that the zero belongs to the
	// code (docs/crazytel-api.md#sip-trunk).
	.pipe(z.enum(['02', '03', '07', '08']));

/** A field that holds an area code. */
export const areaCode = withWords(
	written.transform((code): string => code),
	(value) => `${shown(value)} is not an Australian area code.\nUse 02, 03, 07 or 08.`,
);

/** The area code of a state or territory, e.g. `NSW`, `Vic.` or `New South Wales`. */
function stateCode(value: string): string | undefined {
	const state = value.trim().toLowerCase().replace(/\./g, '').replace(/\s+/g, ' ');
	return Object.hasOwn(STATES, state) ? STATES[state] : undefined;
}

/** Whether a listed value can be told to be an area code, or none. */
export function isListedAreaCode(listed: unknown): boolean {
	return listed === null || readListed(listed) !== undefined;
}

function readListed(listed: unknown): string | undefined {
	const parsed = areaCode.safeParse(listed);
	return parsed.success ? parsed.data : undefined;
}

/** Whether an area code is listed as it was, or would be, sent. */
export function isSameAreaCode(listed: unknown, sent: unknown): boolean {
	return readListed(listed) === sent;
}
