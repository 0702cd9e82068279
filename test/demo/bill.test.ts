import { balanceLine, billOf } from '../../demo/bill';

const GSM = { encoding: 'GSM-7', characters: 400, places: 400, parts: 3 } as const;

test('a bill has a line for each charge, and their sum', () => {
	expect(billOf('02 9200 1000', { setup_cost: 5, monthly_cost: '2.50' }, GSM)).toEqual([
		{ what: '02 9200 1000, setup', now: 5, monthly: 0 },
		{ what: '02 9200 1000, the first month at once', now: 2.5, monthly: 2.5 },
		{ what: 'SMS, 3 parts at $0.05', now: expect.closeTo(0.15, 9) as unknown, monthly: 0 },
		{ what: 'Together', now: expect.closeTo(7.65, 9) as unknown, monthly: 2.5 },
	]);
});

test.each([[undefined], [null], [''], ['free'], [Number.NaN]])(
	'a price of %p is not known, and nor is the sum',
	(price) => {
		expect(billOf('02 9200 1000', { setup_cost: price, monthly_cost: 2 }, GSM).at(-1)).toEqual({
			what: 'Together',
			now: undefined,
			monthly: 2,
		});
	},
);

test.each([
	[148.2063917, 141.1563917, 7.05, 'Balance: $148.21 before, $141.16 after. That is $7.05 less, as it should be.'],
	[10, 10, 7.05, 'Balance: $10.00 before, $10.00 after. That is $0.00 less, and it should be $7.05.'],
	[1, -2, undefined, 'Balance: $1.00 before, -$2.00 after. That is $3.00 less.'],
])('a balance of %p that is %p afterwards, where %p was due', (before, after, due, line) => {
	expect(balanceLine(before, after, due)).toBe(line);
});
