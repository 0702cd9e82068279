import { z } from 'zod';

import { shown } from '../../input/shown';
import { withWords } from '../../input/words';

/** A lost leading zero is put back, so `2` becomes `02`. */
const written = z
	.union([z.string(), z.number()])
	.transform((value) => /^\(?(\d{1,2})\)?$/.exec(String(value).trim())?.[1]?.padStart(2, '0'))
	// The area codes of the Australian numbering plan; the API documents only that the zero belongs to the
	// code (docs/crazytel-api.md#sip-trunk).
	.pipe(z.enum(['02', '03', '07', '08']));

/** A field that holds an area code. */
export const areaCode = withWords(
	written.transform((code): string => code),
	(value) => `${shown(value)} is not an Australian area code. Use 02, 03, 07 or 08.`,
);

/** Whether an area code is listed as it was, or would be, sent. */
export function isSameAreaCode(listed: unknown, sent: unknown): boolean {
	return String(listed ?? '').trim().padStart(2, '0') === sent;
}
