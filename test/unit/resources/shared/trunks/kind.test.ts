import { trunks } from '../../../../../nodes/Crazytel/resources/shared/trunks/kind';
import { collectionOf } from '../../../../../nodes/Crazytel/run/collection';

const listed = [
	{ id: 'a', username: 'CT123456', description: 'Sales', enabled: true },
	{ id: 'b', username: ' ct654321 ', description: ' Support\n' },
	{ id: 'c', username: 1234567, description: null },
];
const { by } = collectionOf(trunks, listed, 0);

test.each([
	['CT123456', ['a']],
	['ct123456', ['a']],
	['CT654321', ['b']],
	['1234567', ['c']],
	['CT1', []],
])('a trunk is found by its username, whatever its case and space around it: %s', (username, ids) => {
	expect(by('username', username).map(({ id }) => id)).toEqual(ids);
});

test.each([
	['Sales', ['a']],
	['sales', []],
	['Support', ['b']],
	['', ['c']],
])('a trunk is found by its description, exactly: %j', (description, ids) => {
	expect(by('description', description).map(({ id }) => id)).toEqual(ids);
});

test('a trunk is called by its username, and by nothing where it shows none', () => {
	expect([...listed, { id: 'd' }].map((trunk) => trunks.nameOf(trunk))).toEqual([
		'CT123456',
		'ct654321',
		'1234567',
		'',
	]);
});

test('a dry run shows of a trunk what tells it from others', () => {
	expect(listed.map((trunk) => trunks.summaryOf(trunk))[0]).toEqual({
		id: 'a',
		username: 'CT123456',
		description: 'Sales',
	});
});
