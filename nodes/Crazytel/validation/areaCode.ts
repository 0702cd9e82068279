import { z } from 'zod';

import { shown } from './shown';

/**
 * The area codes of the Australian numbering plan. The API documents only that the leading zero
 * belongs to the code (docs/crazytel-api.md#sip-trunk).
 */
const AREA_CODES = ['02', '03', '07', '08'];

/** A field that holds an area code; a lost leading zero is put back, so `2` becomes `02`. */
export const areaCode = z.any().transform((value, context): string => {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	const code = /^\(?(\d{1,2})\)?$/.exec(text)?.[1]?.padStart(2, '0');
	if (code === undefined || !AREA_CODES.includes(code)) {
		context.addIssue({
			code: 'custom',
			message: `${shown(value)} is not an Australian area code. Use 02, 03, 07 or 08.`,
		});
	}
	return code ?? '';
});
