import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { showObtained } from '../../../nodes/Crazytel/run/obtained';
import { workOf } from '../../../nodes/Crazytel/run/work';
import { knownOf, obtaining, operation, performingWith } from './things';

const LAMP = { id: 'lamp', serial: 'S1', name: 'Lamp', colour: 'red' };

/** The output and the hints of what was obtained, where the list is answered so. */
async function shownOf(list: object[] | Error) {
	const plan = obtaining();
	const done = { output: { id: plan.id }, obtained: plan };
	const work = workOf(0, {}, { value: { operation, plan, done } });
	const { performing, sent } = performingWith([list as never], await knownOf());
	const hints = new Set<string>();
	await showObtained([work], { client: performing.client, hints });
	return { value: 'value' in work.outcome ? work.outcome.value : undefined, hints: [...hints], sent };
}

test('is shown as the list has it, by its id', async () => {
	const { value, hints, sent } = await shownOf([{ ...LAMP, id: 'chair', serial: 'S0' }, LAMP]);
	expect(value).toMatchObject({ output: { id: 'lamp', serial: 'S1' } });
	expect(value).not.toHaveProperty('obtained');
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
