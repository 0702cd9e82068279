import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import { caught } from '../api/caught';
import { shown } from '../input/shown';
import { formOf, nameWithId } from './collection';
import { changesOf, contradictions } from './differences';
import { done } from './done';
import { lookBack } from './lookBack';
import { nextMoment } from './ledger';
import type { Done, Performing } from './performing';
import type { Make, SetValues } from './plan';
import { recentOf } from './recent';
import { setValues } from './setValues';

/**
 * Compares what was made with what was asked for. A key that the API keeps in another form is an error, as the
 * next run would not find the thing by it; other settings are put right by one request.
 *
 * @param made as the answer or the list has shown it
 * @throws ApiError that names the thing; whatever comes of it, a next try of the item makes no second one
 */
export async function afterMaking(plan: Make, made: Thing, performing: Performing): Promise<Done> {
	const { kind, known, values } = plan;
	const thing = { ...made };
	// How it was found is said of this item only.
	delete thing.recovered;
	performing.known.soFar(kind)?.note(thing);
	recentOf(performing.client.accountId, kind).made(thing, values, nextMoment());
	const changes = changesOf(kind, undefined, values);

	const wrong = contradictions(kind, thing, values);
	if (known !== undefined) expectKey(plan, known, thing, wrong, performing);
	if (Object.keys(wrong).length === 0) return done(plan, made, changes);
	const set = settingOf(plan, thing, wrong);
	const healed = await caught(setValues(set, { ...performing, doubt: undefined }));
	if ('error' in healed) throw toldOfMade(plan, thing, healed.error, set, performing);
	const { unseen } = healed.value;
	if (unseen === undefined) return done(plan, { ...made, ...(healed.value.output as Thing) }, changes);
	const [verdict = unseen] = await lookBack([{ ...unseen, changes }], kind, performing);
	if ('value' in verdict) return verdict.value;
	throw toldOfMade(plan, thing, verdict.error, set, performing);
}

function expectKey(
	plan: Make,
	{ key, value }: NonNullable<Make['known']>,
	thing: Thing,
	wrong: IDataObject,
	performing: Performing,
): void {
	const { kind } = plan;
	const declared = kind.keys[key];
	if (declared === undefined || thing[key] === undefined || declared.of(thing) === value) return;
	const label = kind.settings[key]?.label ?? key;
	const looksTheSame = formOf(declared, declared.of(thing)) === formOf(declared, value);
	const alias = { id: thing.id, kept: declared.of(thing) };
	recentOf(performing.client.accountId, kind).noteAlias(`${key} ${formOf(declared, value)}`, alias);
	const error = new ApiError(
		`Crazytel keeps the ${label} ${shown(value)} in another form, ${shown(declared.of(thing))}.`,
		looksTheSame
			? `The next run finds the ${kind.noun.one} by either form.`
			: `Do not create it again: give the ${kind.noun.one} the form that Crazytel keeps here as well, or it cannot be found by it.`,
		'contrary',
		{ httpCode: '200', fields: [key] },
	);
	throw toldOfMade(plan, thing, error, settingOf(plan, thing, { ...wrong, [key]: value }), performing);
}

/** Sets what the thing was made without. */
function settingOf(
	{ kind, known, shown: secrets, shownOnce, tellsChanges, values: made }: Make,
	{ id }: Thing,
	values: IDataObject,
): SetValues {
	return {
		do: 'set',
		kind,
		id: id.toLowerCase(),
		values,
		onlyDifferences: false,
		isDryRun: false,
		isOfMade: true,
		// The answer may repeat what the thing was made with.
		by: (of, some) => ({ ...kind.requests.set(of, some), secrets: kind.requests.make(made).secrets }),
		shown: secrets,
		...(shownOnce !== undefined && { shownOnce }),
		...(tellsChanges !== undefined && { tellsChanges }),
		...(known !== undefined && { known: { key: known.key, value: known.value } }),
	};
}

/** The thing exists, and the next try only sets what is wrong with it. */
function toldOfMade(plan: Make, thing: Thing, error: Error, set: SetValues, { rememberDoubt }: Performing): ApiError {
	const { kind } = plan;
	const made = `The ${kind.noun.one} ${nameWithId(kind, thing)} was created.`;
	const lost = plan.shown === undefined ? '' : ` ${kind.afterLostSecrets}`;
	const told =
		error instanceof ApiError
			? error.retold(`${made} ${error.happened}`, `${error.cure}${lost}`, error.mayHaveActed ? error.kind : 'uncertain')
			: new ApiError(
					`${made} The execution was canceled before these settings could be put right: ${Object.keys(set.values).join(', ')}.`,
					`Set them with an update.${lost}`,
					'uncertain',
					{ httpCode: 'ABORTED' },
				);
	rememberDoubt(told, set);
	return told;
}
