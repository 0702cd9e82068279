import { describeWithEachZod, refusal, wrongTypes } from './eachZod';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';

describeWithEachZod('a trunk locator', ({ readTrunkLocator, InvalidInput }) => {
	test.each(['list', 'id', undefined, null, 'elsewhere', 7])('in the mode %p holds an ID', (mode) => {
		expect(readTrunkLocator({ mode, value: ` ${ID.toUpperCase()}` })).toEqual({ id: ID });
		expect(refusal({ InvalidInput }, () => readTrunkLocator({ mode, value: 'CT123456' })).message).toContain('Choose By Username');
	});

	test.each([
		['CT123456', 'CT123456'],
		[' ct123456\r\n', 'ct123456'],
		['1234567', '1234567'],
		[1234567, '1234567'],
		[0, '0'],
		['__proto__', '__proto__'],
		['CT 12', 'CT 12'],
		['=1+1', '=1+1'],
	])('by username: %p is read as given, space around it aside', (value, username) => {
		expect(readTrunkLocator({ mode: 'username', value })).toEqual({ username });
	});

	test.each(['', ' ', '\u200b\ufeff', null, undefined])('by username: %p is empty', (value) => {
		const { message, problems } = refusal({ InvalidInput }, () => readTrunkLocator({ mode: 'username', value }));
		expect(message).toBe('Trunk is empty. Give its username, e.g. CT123456. An expression may have found nothing in this item.');
		expect(problems.map(({ field }) => field)).toEqual(['trunk']);
	});

	test.each([...wrongTypes.filter(([name]) => !['NaN', 'Infinity'].includes(name)), ['true', true]])('by username: %s is refused', (_name, value) => {
		const { message } = refusal({ InvalidInput }, () => readTrunkLocator({ mode: 'username', value }));
		expect(message).toMatch(/^Trunk must be a username such as CT123456, and it is /);
	});

	test('by username: an ID is told apart', () => {
		const { message } = refusal({ InvalidInput }, () => readTrunkLocator({ mode: 'username', value: ` ${ID} ` }));
		expect(message).toBe(`Trunk '${ID}' looks like a trunk ID, not a username. Choose By ID, or give the username, e.g. CT123456.`);
	});
});
