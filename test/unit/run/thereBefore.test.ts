import { ledgerOf, nextMoment, noteMade } from '../../../nodes/Crazytel/run/ledger';
import { recentOf } from '../../../nodes/Crazytel/run/recent';
import { hasId, wasThere } from '../../../nodes/Crazytel/run/thereBefore';
import { asPartial } from '../../../nodes/Crazytel/api/pages';
import { knownOf, making, performingWith, things } from './things';

test('an id is the same in whatever case', () => {
	const ids = new Set(['AbC', 'def']);
	expect(['AbC', 'abc', 'ABC', 'DEF', 'def'].map((id) => hasId(ids, id))).toEqual([true, true, true, true, true]);
	expect([hasId(ids, 'ab'), hasId(undefined, 'abc')]).toEqual([false, false]);
});

describe('a thing was there before', () => {
	async function scene(listed: Array<{ id: string }> = []) {
		const { performing } = performingWith([], await knownOf(listed));
		const { accountId } = performing.client;
		const ledger = ledgerOf(accountId, things);
		const before = { ids: new Set<string>(['Listed']), moment: nextMoment() };
		return {
			ledger,
			recent: recentOf(accountId, things),
			was: (id: string, isListed = true) =>
				wasThere(making({}, { before: isListed ? before : undefined }), id, ledger, performing),
		};
	}

	test('when the list before it shows it', async () => {
		const { was } = await scene();
		expect([was('Listed'), was('LISTED'), was('new'), was('Listed', false)]).toEqual([true, true, false, false]);
	});

	test('when a list that is not whole shows it; of one that is, the plan has what was there', async () => {
		const part = await scene(asPartial([{ id: 'Part' }]));
		expect([part.was('part', false), part.was('new', false), part.was('part')]).toEqual([true, false, false]);
		const whole = await scene([{ id: 'Whole' }]);
		expect(whole.was('whole', false)).toBe(false);
	});

	test('when this process has made, changed or removed it', async () => {
		const { was, ledger, recent } = await scene();
		noteMade(ledger, making({}), { id: 'Made' });
		recent.set('Changed', { colour: 'red' });
		recent.removed('Removed');
		for (const isListed of [true, false]) {
			expect(['MADE', 'changed', 'removed', 'new'].map((id) => was(id, isListed))).toEqual([true, true, true, false]);
		}
	});
});
