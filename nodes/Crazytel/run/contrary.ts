import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import { shown } from '../input/shown';
import { contradictions, isSame } from './differences';
import type { Kind } from './kind';
import type { Act } from './plan';

/**
 * The error of a write that was answered with success, and with other values than were sent.
 *
 * @param wrong what was sent and is not so, by the API's names
 * @param because what has answered so, e.g. `Crazytel answered 200`
 * @param by where it was seen, if not in that answer, e.g. `by the list of lamps `: that one may be late
 */
export function errorOfContrary(
	kind: Kind,
	thing: Thing,
	wrong: IDataObject,
	because = 'Crazytel answered 200',
	by = '',
): ApiError {
	return new ApiError(
		`${because}, but ${by}${contraryWords(kind, thing, wrong)}.`,
		`Check the ${kind.noun.one} in the Crazytel portal. Running this again is safe: it sets the same values.`,
		'contrary',
		{ httpCode: '200', fields: Object.keys(wrong) },
	);
}

/** @returns e.g. `the lamp is still on, and its Colour is 'red', not 'blue'` */
export function contraryWords({ noun, settings }: Kind, thing: Thing, wrong: IDataObject): string {
	const words = Object.entries(wrong).map(([name, sent]) => {
		const { label = name, state } = settings[name] ?? {};
		return state === undefined
			? `its ${label} is ${shown(thing[name])}, not ${shown(sent)}`
			: `is still ${state(thing[name])}`;
	});
	// What the thing is comes before what it has.
	words.sort((a, b) => Number(a.startsWith('its')) - Number(b.startsWith('its')));
	const sentences = words.map((word, at) => {
		if (at > 0) return word;
		return word.startsWith('its') ? word.replace('its', `the ${noun.one}'s`) : `the ${noun.one} ${word}`;
	});
	return sentences.join(', and ');
}

/** A warning where the answer to what acts once shows something else than what was sent; undefined where it does not. */
export function contraryOf({ name, settings = {}, adds = {} }: Act, answer: IDataObject): string | undefined {
	const words = Object.entries(contradictions({ settings }, answer, adds)).flatMap(([key, sent]) => {
		const { label } = settings[key] ?? {};
		return label === undefined ? [] : [`its ${label} is ${shown(answer[key])}, not ${shown(sent)}`];
	});
	if (words.length === 0) return undefined;
	return `By what Crazytel answered about ${name}, ${words.join(', and ')}. Look for it in the Crazytel portal.`;
}

/** The settings that a thing shows, and shows as they were sent. */
export function isShownAsSent({ settings }: Kind, thing: Thing, name: string, sent: unknown): boolean {
	return settings[name]?.isSecret !== true && thing[name] !== undefined && isSame(settings, thing, name, sent);
}
