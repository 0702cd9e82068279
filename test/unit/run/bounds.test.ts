import { clock } from '../../../nodes/Crazytel/api/clock';
import { ledgerOf, noteMade, noteOpen } from '../../../nodes/Crazytel/run/ledger';
import { newestOf, type Reading, share } from '../../../nodes/Crazytel/run/readings';
import { recentOf } from '../../../nodes/Crazytel/run/recent';
import { making, things } from './things';

const real = { ...clock };
const HOUR = 3_600_000;
let now = 0;

beforeEach(() => {
	now = 1_000_000;
	Object.assign(clock, { now: () => now });
});

afterAll(() => {
	Object.assign(clock, real);
});

/** Asks for 10,000 other accounts. */
function fillWith<Known>(of: (account: string) => Known, prefix: string): void {
	for (let account = 0; account < 10_000; account++) of(`${prefix} ${account}`);
}

test.each([
	['ledger', (account: string): object => ledgerOf(account, things)],
	['recent writes', (account: string): object => recentOf(account, things)],
])('of 10,000 accounts the %s of an hour are kept, and older ones forgotten', (name, of) => {
	const kept = of(`${name} kept`);
	fillWith(of, `${name} first`);
	expect(of(`${name} kept`)).toBe(kept);
	now += HOUR + 1;
	fillWith(of, `${name} later`);
	expect(of(`${name} kept`)).not.toBe(kept);
});

test('of 30,000 items the youngest 10,000 that were made, 1,000 in doubt, and 10,000 writes and aliases are kept', () => {
	const ledger = ledgerOf('many items', things);
	const recent = recentOf('many items', things);
	for (let item = 0; item < 30_000; item++) {
		const plan = making({ name: `Name ${item}` });
		noteOpen(ledger, plan);
		if (item % 2 === 0) noteMade(ledger, plan, { id: `made-${item}` });
		recent.set(`thing-${item}`, { name: `Name ${item}` });
		recent.noteAlias(`name Name ${item}`, { id: `thing-${item}`, kept: 'n' });
	}
	expect([ledger.made.size, ledger.open.size, recent.aliases.size]).toStrictEqual([10_000, 1_000, 10_000]);
	expect([recent.knows('thing-20000'), recent.knows('thing-19999')]).toStrictEqual([true, false]);
});

test('the newest list of 10,000 accounts is there for whoever has it', () => {
	const reading: Reading = { listed: [], moment: 1, youngUntil: 0 };
	share('a list that is held', things, reading);
	fillWith((account) => newestOf(account, things), 'lists');
	expect(newestOf('a list that is held', things)).toBe(reading);
});
