import type { StoredTrunk, TrunkSettings } from './account';
import { emptyAnswer, jsonAnswer, showTrunk, type Answer } from './answers';
import type { Switches } from './switches';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What services of this kind make of a text before they store it, by the values of descriptionForm. */
export const descriptionForms: Record<Exclude<Switches['descriptionForm'], number>, (text: string) => string> = {
	'as sent': (text) => text,
	html: (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? ''),
	'lower case': (text) => text.toLowerCase(),
	NFC: (text) => text.normalize('NFC'),
	'one space': (text) => text.replace(/\s+/g, ' '),
	ASCII: (text) => text.replace(/[^\x20-\x7e]+/gu, '?'),
	bare: (text) => text.replace(/[^\x20-\x7e]/gu, '').trim(),
};

/** What is kept of the settings of a write. */
export function kept(settings: TrunkSettings, { ignoredSettings, descriptionForm }: Switches): TrunkSettings {
	// Crazytel gives the first two, whatever a body says.
	const dropped = ['id', 'username', ...ignoredSettings];
	const taken = Object.fromEntries(
		Object.entries(settings).filter(([name]) => !dropped.includes(name)),
	) as TrunkSettings;
	if (typeof taken.description !== 'string') return taken;
	const form =
		typeof descriptionForm === 'number'
			? (text: string) => text.slice(0, descriptionForm)
			: descriptionForms[descriptionForm];
	return { ...taken, description: form(taken.description) };
}

/** The answer to an update that was carried out, where it does not show the trunk. */
export function answerWithoutTrunk(
	{ updateAnswer }: Switches,
	findOther: () => StoredTrunk | undefined,
): Answer | undefined {
	switch (updateAnswer) {
		case 'trunk':
			return undefined;
		case 200:
		case 204:
		case 205:
			return emptyAnswer(updateAnswer);
		case 'queued':
			return jsonAnswer(202, { status: 'queued' });
		case 'another': {
			const other = findOther();
			return jsonAnswer(
				200,
				other === undefined
					? { id: '00000000-0000-4000-8000-000000000000' }
					: showTrunk(other, { echoPassword: false }),
			);
		}
	}
}

/** Keeps the trunks of before, for a list that lags behind what was written. */
export interface History {
	/** To be called after each change. */
	note(): void;
	/** The trunks as they were so many milliseconds ago. */
	before(lagMs: number): StoredTrunk[];
	/** The trunk has been there all along. */
	add(trunk: StoredTrunk): void;
	/** All trunks have been there all along. */
	clear(): void;
}

/**
 * @param now the sandbox's clock, milliseconds since 1970
 * @param lags whether a list lags now: a copy of all trunks for each write costs time and memory
 */
export function createHistory(now: () => number, trunks: () => StoredTrunk[], lags: () => boolean): History {
	let states: Array<{ at: number; trunks: StoredTrunk[] }> = [];
	const clear = (): void => void (states = lags() ? [{ at: -Infinity, trunks: trunks() }] : []);
	clear();
	return {
		note() {
			if (lags()) states.push({ at: now(), trunks: trunks() });
		},
		before(lagMs) {
			if (lagMs === 0) return trunks();
			const then = now() - lagMs;
			return states.filter(({ at }) => at <= then).pop()?.trunks ?? [];
		},
		add(trunk) {
			for (const state of states) state.trunks.push(trunk);
		},
		clear,
	};
}
