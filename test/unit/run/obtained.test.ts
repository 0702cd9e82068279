import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { showObtained } from '../../../nodes/Crazytel/run/obtained';
import { type Work, workOf } from '../../../nodes/Crazytel/run/work';
import { knownOf, obtaining, operation, others, performingWith, things } from './things';

const LAMP = { id: 'lamp', serial: 'S1', name: 'Lamp', colour: 'red' };

/** An item whose lamp was obtained in this try. */
function obtainedBy(kind = things): Work {
	const plan = obtaining({ kind });
	const done = { output: { id: plan.id }, obtained: plan };
	return workOf(0, { done: { operation, plan, result: done } }, { value: { operation, plan, done } });
}

/** The hints of what was obtained, where the lists are answered so. */
async function showIn(works: Work[], ...lists: Array<object[] | Error>) {
	const { performing, sent } = performingWith(lists, await knownOf());
	const hints = new Set<string>();
	await showObtained(works, { client: performing.client, hints });
	return { hints: [...hints], sent };
}

/** The output and the hints of one that was obtained. */
async function shownOf(list: object[] | Error) {
	const work = obtainedBy();
	const shown = await showIn([work], list);
	return { ...shown, work, value: 'value' in work.outcome ? work.outcome.value : undefined };
}

test('is shown as the list has it, by its id', async () => {
	const { work, value, hints, sent } = await shownOf([{ ...LAMP, id: 'chair', serial: 'S0' }, LAMP]);
	expect(value).toStrictEqual({ output: { ...LAMP, wasThere: false }, written: 'lamp', state: 'created' });
	// The next try shows it so as well.
	expect(work.memory.done?.result).toEqual(value);
	expect(hints).toEqual([]);
	// What was sent is shown as it is, however much of it looks like the beginning of a secret.
	expect(sent.map(({ request }) => request.ownTexts)).toEqual([['Lamp', 'red']]);
});

test('is shown as it was sent where the list cannot be read, with a hint', async () => {
	const { value, hints } = await shownOf(new ApiError('No list.', '', 'uncertain', { httpCode: '500' }));
	expect(value).toMatchObject({ output: { id: 'lamp' } });
	expect(hints).toEqual([
		'The list of strange things could not be read afterwards, so the output shows what was sent. No list.',
	]);
});

test('is shown as it was sent where the list does not show it, with a hint', async () => {
	const { hints } = await shownOf([{ ...LAMP, id: 'chair' }]);
	expect(hints).toEqual(['The list of strange things does not show lamp yet, so the output shows what was sent.']);
});

test('that the list shows otherwise has a warning, and a hint of it', async () => {
	const { value, hints } = await shownOf([{ ...LAMP, colour: 'blue' }]);
	const warning =
		"The strange thing lamp was won, but by the list the strange thing's Colour is 'blue', not 'red'. Check it in the Crazytel portal; an update sets it.";
	expect(value?.output).toStrictEqual({ ...LAMP, colour: 'blue', wasThere: false, warning });
	expect(hints).toEqual([warning]);
});

test('is looked for in the list of its own kind, one for all of the kind', async () => {
	const works = [obtainedBy(), obtainedBy(others), obtainedBy()];
	const { hints, sent } = await showIn(works, [LAMP], [{ ...LAMP, serial: 'O1' }]);
	expect(sent.map(({ request }) => request.path)).toEqual(['/api/v1/things/', '/others']);
	expect(works.map(({ outcome }) => outcome)).toMatchObject(
		['S1', 'O1', 'S1'].map((serial) => ({ value: { output: { serial } } })),
	);
	expect(hints).toEqual([]);
	expect((await showIn([obtainedBy(), obtainedBy(others)], [LAMP], [])).hints).toEqual([
		'The list of other things does not show lamp yet, so the output shows what was sent.',
	]);
});
