import { byAccount } from '../../../nodes/Crazytel/api/perAccount';

/** What is known of made-up accounts, each with the number of its beginning. */
function begunAnew() {
	let begun = 0;
	let looks = 0;
	const inUse = new Set<string>();
	const of = byAccount((account: string) => ({
		beginning: ++begun,
		get isInUse() {
			looks++;
			return inUse.has(account);
		},
	}));
	return { inUse, ask: (account: string) => of(account, account).beginning, looks: () => looks };
}

/** So many accounts ask, each once and for the first time. */
function fill(ask: (account: string) => number, count: number) {
	for (let number = 0; number < count; number++) ask(`other ${number}`);
}

test('what is known of an account is begun once, and of each account for itself', () => {
	const { ask } = begunAnew();
	expect(['a', 'b', 'a', 'b'].map(ask)).toEqual([1, 2, 1, 2]);
});

test('a thousand accounts are known, and of one more the one that asked the longest ago is forgotten', () => {
	const { ask } = begunAnew();
	ask('first');
	ask('second');
	fill(ask, 998);
	expect(ask('first')).toBe(1);
	// Now the second has asked the longest ago.
	ask('one more');
	expect(ask('first')).toBe(1);
	expect(ask('second')).toBe(1_002);
});

test('one that is in use is not forgotten: in its place goes the next one', () => {
	const { ask, inUse } = begunAnew();
	inUse.add('first');
	ask('first');
	ask('second');
	ask('third');
	fill(ask, 998);
	expect(ask('first')).toBe(1);
	expect(ask('third')).toBe(3);
	expect(ask('second')).toBe(1_002);
});

test('where all are in use more than a thousand are known, and none is forgotten', () => {
	const { ask, inUse } = begunAnew();
	for (let number = 0; number < 1_100; number++) inUse.add(`other ${number}`);
	fill(ask, 1_100);
	expect(ask('other 0')).toBe(1);
	expect(ask('other 1099')).toBe(1_100);
});

test('each time ten are looked at, until of too many all but a thousand are forgotten again', () => {
	const { ask, inUse, looks } = begunAnew();
	for (let number = 0; number < 1_020; number++) inUse.add(`other ${number}`);
	fill(ask, 1_020);
	const looksOf = (account: string) => {
		const before = looks();
		ask(account);
		return looks() - before;
	};
	expect(['other 0', 'other 1', 'other 2'].map(looksOf)).toEqual([10, 10, 10]);
	inUse.clear();
	expect(['last', 'last', 'last', 'last'].map(looksOf)).toEqual([10, 10, 1, 0]);
});
