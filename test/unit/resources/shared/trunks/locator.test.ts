import { readTrunkLocator, trunkId } from '../../../../../nodes/Crazytel/resources/shared/trunks/locator';
import { outcome, refusal, wrongTypes } from '../../../input/outcome';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const CURE =
	'Choose the trunk from the list, or give its ID or its username, e.g. 3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f or CT123456.';

describe('a trunk ID', () => {
	test.each([
		['as it is', ID],
		['in capitals', ID.toUpperCase()],
		['with space around it', ` ${ID}\r\n`],
	])('%s is read in lower case', (_name, value) => {
		expect(outcome(trunkId, value)).toEqual({ read: ID, problems: [] });
	});

	test.each(['00000000-0000-0000-0000-000000000000', '018f2f6a-1111-7abc-8def-0123456789ab'])(
		'any version of UUID is read: %s',
		(value) => {
			expect(outcome(trunkId, value)).toEqual({ read: value, problems: [] });
		},
	);

	test.each(['', '  ', null, undefined])('%p is empty', (value) => {
		expect(outcome(trunkId, value).problems).toEqual([`is empty. ${CURE}`]);
	});

	test.each([
		['a path', `../${ID}`],
		['a path behind it', `${ID}/../../balance`],
		['an encoded slash', `${ID}%2F`],
		['an encoded path', '%2e%2e%2fbalance'],
		['a query', `${ID}?id=1`],
		['a fragment', `${ID}#x`],
		['a backslash', `..\\${ID}`],
		['a header line behind it', `${ID}\r\nX-Evil: 1`],
		['a line break inside', ID.replace('-', '\n')],
		['NUL behind it', `${ID}\0`],
		['a full-width digit', ID.replace('3', '３')],
		['an Arabic-Indic digit', ID.replace('3', '٣')],
		['a zero-width space', ID.replace('-', '-\u200B')],
		['a right-to-left mark', `\u202E${ID}`],
		['another dash', ID.replace(/-/g, '\u2013')],
		['no dashes', ID.replace(/-/g, '')],
		['braces', `{${ID}}`],
		['a letter beyond f', ID.replace('f', 'g')],
		['two of them', `${ID}${ID}`],
		['a wildcard', '*'],
		['a prototype key', '__proto__'],
		['a username', 'CT123456'],
		['a formula', '=1+1'],
		['a megabyte', 'a'.repeat(1_000_000)],
	])('%s is refused', (_name, value) => {
		const { problems } = outcome(trunkId, value);
		expect(problems).toEqual([expect.stringContaining(` is not a trunk ID. ${CURE}`) as string]);
		expect(problems[0]?.length).toBeLessThan(600);
	});

	test.each([...wrongTypes, ['a number', 123456], ['true', true]])('%s is refused', (_name, value) => {
		expect(outcome(trunkId, value).problems).toHaveLength(1);
	});
});

describe('a trunk locator', () => {
	test.each(['list', 'id', undefined, null, 'elsewhere', 7])('in the mode %p holds an ID', (mode) => {
		expect(readTrunkLocator({ mode, value: ` ${ID.toUpperCase()}` })).toEqual({ id: ID });
	});

	test.each(['list', 'id'])(
		'in the mode %p a text that is no ID may be a username, as what is dropped comes there',
		(mode) => {
			expect(readTrunkLocator({ mode, value: ' CT123456\n' })).toEqual({ username: 'CT123456', isGuess: true });
			expect(readTrunkLocator({ mode, value: 1234567 })).toEqual({ username: '1234567', isGuess: true });
			expect(readTrunkLocator({ mode, value: `${ID}/../x` })).toEqual({ username: `${ID}/../x`, isGuess: true });
			for (const value of [Number.NaN, Infinity, 0, -1, 1.5, 1e21, true, ['CT123456'], '', ' \u200b'])
				refusal(() => readTrunkLocator({ mode, value }));
		},
	);

	test.each([undefined, 'elsewhere'])('in the mode %p it is refused: nobody has said that it is one', (mode) => {
		expect(refusal(() => readTrunkLocator({ mode, value: 'CT123456' })).message).toBe(
			`Trunk 'CT123456' is not a trunk ID. ${CURE}`,
		);
	});

	test('the id of a thing is no username: it may be that of a customer', () => {
		expect(refusal(() => readTrunkLocator({ mode: 'id', value: { id: 'CT123456' } })).message).toBe(
			`Trunk 'CT123456' is not a trunk ID. ${CURE}`,
		);
	});

	test('an ID that was chosen from the list keeps the name that it had there', () => {
		expect(readTrunkLocator({ mode: 'list', value: ID, called: 'CT123456 · Sales' })).toEqual({
			id: ID,
			called: 'CT123456 · Sales',
		});
	});

	test('a whole trunk stands for its ID', () => {
		expect(readTrunkLocator({ mode: 'id', value: { id: ID.toUpperCase(), username: 'CT123456' } })).toEqual({ id: ID });
		expect(refusal(() => readTrunkLocator({ mode: 'id', value: { id: 7 } })).message).toContain(
			"'7' is not a trunk ID.",
		);
		expect(refusal(() => readTrunkLocator({ mode: 'id', value: { id: null } })).message).toContain('Trunk is empty.');
	});

	test.each<[string, unknown]>([
		['is an object without an id', { username: 'CT123456' }],
		['is an object without an id', Object.create({ id: ID })],
		['is an object without an id', new Date(0)],
		['is a list, and one trunk is meant', [{ id: ID }]],
	])('that %s is told so', (words, value) => {
		expect(refusal(() => readTrunkLocator({ mode: 'id', value })).message).toBe(`Trunk ${words}. ${CURE}`);
	});

	test('a refusal of an ID names the field', () => {
		expect(refusal(() => readTrunkLocator({ mode: 'id', value: { id: 'x' } })).problems).toEqual([
			{ field: 'trunk', message: `Trunk 'x' is not a trunk ID. ${CURE}` },
		]);
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
		const { message, problems } = refusal(() => readTrunkLocator({ mode: 'username', value }));
		expect(message).toBe(
			'Trunk is empty. Give its username, e.g. CT123456. An expression may have found nothing in this item.',
		);
		expect(problems.map(({ field }) => field)).toEqual(['trunk']);
	});

	test.each([...wrongTypes.filter(([name]) => !['NaN', 'Infinity'].includes(name)), ['true', true]])(
		'by username: %s is refused',
		(_name, value) => {
			const { message } = refusal(() => readTrunkLocator({ mode: 'username', value }));
			expect(message).toMatch(/^Trunk must be a username, and it is .*\. Give one username, e\.g\. CT123456\.$/);
		},
	);

	test('by username: an ID is told apart', () => {
		const { message } = refusal(() => readTrunkLocator({ mode: 'username', value: ` ${ID} ` }));
		expect(message).toBe(
			`Trunk '${ID}' looks like a trunk ID, not a username. Choose By ID, or give the username, e.g. CT123456.`,
		);
	});
});
