import { readLimit } from '../../../nodes/Crazytel/input/limit';
import { refusal } from './outcome';

describe('a limit', () => {
	test.each([
		[1, 1],
		[50, 50],
		['3', 3],
		[' 7 ', 7],
		[Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	])('%p is %p', (value, limit) => {
		expect(readLimit(value)).toBe(limit);
	});

	test.each([
		0,
		-1,
		1.5,
		'0',
		'-3',
		'2.5',
		'',
		' ',
		'ten',
		'5 trunks',
		null,
		undefined,
		true,
		NaN,
		Infinity,
		'Infinity',
		[5],
		{ limit: 5 },
	])('%p is refused', (value) => {
		const { problems, message } = refusal(() => readLimit(value));
		expect(problems.map(({ field }) => field)).toEqual(['limit']);
		expect(message).toMatch(/^Limit must be a whole number of at least 1, and it is /);
	});
});
