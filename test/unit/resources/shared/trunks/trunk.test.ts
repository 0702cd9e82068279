import type { Trunk } from '../../../../../nodes/Crazytel/resources/shared/trunks/endpoints';
import { trunks as kind } from '../../../../../nodes/Crazytel/resources/shared/trunks/kind';
import { trunksLike } from '../../../../../nodes/Crazytel/resources/shared/trunks/nearMatches';
import { trunkWithId, whichTrunk } from '../../../../../nodes/Crazytel/resources/shared/trunks/trunk';
import { collectionOf } from '../../../../../nodes/Crazytel/run/collection';
import { itemOf } from '../../itemOf';

function like(usernames: unknown[], wanted: string): unknown[] {
	const trunks = usernames.map((username, index) => ({ id: `id-${index}`, username }) as Trunk);
	return trunksLike(collectionOf(kind, trunks, 0), wanted).map(({ username }) => username);
}

describe('near matches of a username', () => {
	test.each([
		['CT123456', 'CT12345'],
		['CT123456', 'CT1234567'],
		['CT123456', 'CT1234x6'],
		['CT123456', 'CT123465'],
		['CT123456', 'TC123456'],
		['CT123456', 'T123456'],
		['CT123456', 'ct123457'],
		['CT123456', '123456'],
		['CT000456', '456'],
		['0012345', 'CT12345'],
		['123456', 'CT123456'],
		['', '', []],
		[null, 'CT', []],
		[undefined, '0', []],
		['CT123456', 'CT124365', []],
		['CT123456', 'CT1234', []],
		['CT123456', 'CT12345678', []],
		['CT123456', '654321', []],
		['CT123456', '__proto__', []],
		['__proto__', '__prot__'],
		['CT', 'CTx'],
	])('%j for %j', (username, wanted, expected: unknown[] = [username]) => {
		expect(like([username, 'someone else'], wanted)).toStrictEqual(expected);
	});

	test('are in the order of the list, each once', () => {
		expect(like(['CT123457', 'CT999999', 'CT123456', '123455'], 'CT123455')).toStrictEqual([
			'CT123457',
			'CT123456',
			'123455',
		]);
	});

	test('are trunks with that description, whatever its case', () => {
		const trunks = [
			{ id: 'a', username: 'CT1', description: ' Sales Team' },
			{ id: 'b', username: 'CT2', description: 'Sales' },
		];
		expect(trunksLike(collectionOf(kind, trunks, 0), 'sales team')).toStrictEqual([trunks[0]]);
	});

	test('of a megabyte there are none, and of a username of a megabyte neither', () => {
		const long = 'C'.repeat(1_000_000);
		expect(like([`${long}x`, 'CT1'], long)).toStrictEqual([]);
	});
});

test('a trunk of the list is there, too, where it is not known any more what it is now', () => {
	const trunk = { id: 'ABCDEF00-0000-4000-8000-000000000001', username: 'CT1' };
	const all = { ...collectionOf(kind, [trunk], 0), find: () => undefined };
	expect(trunkWithId(all, trunk.id.toLowerCase())).toBe(trunk);
});

const idOf = (index: number): string => `abcdef00-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Trunks that count how often one of their settings is looked at. */
function countedTrunks(count: number): { trunks: Trunk[]; looks: () => number } {
	let looks = 0;
	const trunks = Array.from({ length: count }, (_, index) => {
		const settings = {
			id: idOf(index),
			username: `CT${100_000 + index}`,
			description: `Customer ${index}`,
			enabled: true,
		};
		return new Proxy(settings, {
			get(target, name) {
				looks++;
				return Reflect.get(target, name) as unknown;
			},
		}) as Trunk;
	});
	return { trunks, looks: () => looks };
}

/** What a run of as many items as trunks looks at. */
async function looksOf(count: number, usernameOf: (index: number) => string): Promise<number> {
	const { trunks, looks } = countedTrunks(count);
	const { item } = itemOf({}, { trunks });
	const known = await item.known.of(kind);
	for (let index = 0; index < count; index++) {
		await whichTrunk(item, { username: usernameOf(index) }).catch((error: Error) => {
			expect(error.message).toMatch(/is no username/);
		});
		known.by('description', `Customer ${index}`);
		known.find(idOf(index).toUpperCase());
		known.shows('enabled');
	}
	return looks();
}

test.each<[string, (index: number) => string]>([
	['that there are', (index) => `ct${100_000 + index}`],
	['that there are not', (index) => `XY${900_000 + index}`],
	['that there nearly are', (index) => `CT${100_000 + index}${index % 10}`],
])(
	'as many items as trunks, by usernames %s: twice as many cost twice as much, and not four times',
	async (_, usernameOf) => {
		const [some, twice] = [await looksOf(200, usernameOf), await looksOf(400, usernameOf)];
		expect(some).toBeGreaterThan(200);
		expect(twice).toBeLessThan(some * 2.5);
	},
);
