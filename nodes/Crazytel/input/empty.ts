/** Nothing was given: no value, or a text without a visible character. */
export function isEmpty(value: unknown): boolean {
	return (
		value === null ||
		value === undefined ||
		(typeof value === 'string' && value.replace(/[\s\p{Cf}\p{Z}]/gu, '') === '')
	);
}
