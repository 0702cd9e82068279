import { describeWithEachZod, refusal, wrongTypes } from './eachZod';

describeWithEachZod('filters', ({ readTrunkFilters, InvalidInput }) => {
	test('none are none', () => {
		expect(readTrunkFilters({})).toEqual({});
	});

	test('all of them are read', () => {
		expect(
			readTrunkFilters({ callerIdNumber: '(02) 9123 4567', description: ' Acme ', enabled: 'FALSE', smsSender: 412345678, username: 1234567 }),
		).toEqual({ callerIdNumber: '61291234567', description: 'Acme', enabled: false, smsSender: '61412345678', username: '1234567' });
	});

	test('an SMS sender need not be one: the account may hold an older one', () => {
		expect(readTrunkFilters({ smsSender: '0291234567' })).toEqual({ smsSender: '61291234567' });
	});

	test.each(['callerIdNumber', 'description', 'enabled', 'smsSender', 'username'] as const)('%s that is empty is refused', (name) => {
		for (const value of ['', ' \u200b', null, undefined]) {
			const { problems, message } = refusal({ InvalidInput }, () => readTrunkFilters({ [name]: value }));
			expect(problems.map(({ field }) => field)).toEqual([name]);
			expect(message).toMatch(/^[A-Z][A-Za-z ]+ is empty\. Fill it in, or remove the filter\./);
		}
	});

	test('every problem is named, in the order of the editor', () => {
		const { message } = refusal({ InvalidInput }, () => readTrunkFilters({ username: [], enabled: 0, description: '', callerIdNumber: 'Jim' }));
		expect(message.match(/Caller ID|Description|Enabled|Username/g)).toEqual(['Caller ID', 'Description', 'Enabled', 'Username']);
	});

	test.each(wrongTypes.filter(([name]) => !['NaN', 'Infinity'].includes(name)))('%s is no filter', (_name, value) => {
		for (const name of ['callerIdNumber', 'description', 'enabled', 'smsSender', 'username']) {
			refusal({ InvalidInput }, () => readTrunkFilters({ [name]: value }));
		}
	});

	test('what is not a filter is left out, inherited ones too', () => {
		const input = Object.assign(Object.create({ username: 'CT1' }) as object, JSON.parse('{"__proto__":{"enabled":true},"area":"02"}'));
		expect(readTrunkFilters(input)).toEqual({});
	});
});

describeWithEachZod('a limit', ({ readLimit, InvalidInput }) => {
	test.each([
		[1, 1],
		[50, 50],
		['3', 3],
		[' 7 ', 7],
		[Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	])('%p is %p', (value, limit) => {
		expect(readLimit(value)).toBe(limit);
	});

	test.each([0, -1, 1.5, '0', '-3', '2.5', '', ' ', 'ten', '5 trunks', null, undefined, true, NaN, Infinity, 'Infinity', [5], { limit: 5 }])('%p is refused', (value) => {
		const { problems, message } = refusal({ InvalidInput }, () => readLimit(value));
		expect(problems.map(({ field }) => field)).toEqual(['limit']);
		expect(message).toMatch(/^Limit must be a whole number of at least 1, and it is /);
	});
});
