import { byName, defaultSwitches, readSwitches } from '../sandbox/switches';
import { assumptions } from './assumptions';
import type { Report } from './report';

/** A sandbox's profile as `sandbox/profile.ts` reads it, and what of a report it cannot play. */
export interface LiveProfile {
	profile: { about: string; switches: Record<string, unknown>; cannot: string[] };
	/** Switches that were seen in a way that the sandbox has no play for: a new switch is needed. */
	unplayed: string[];
}

/** By their names with a dot to what the sandbox takes. */
function nested(name: string, value: unknown): Record<string, unknown> {
	const [group = '', inner] = name.split('.');
	return inner === undefined ? { [group]: value } : { [group]: { [inner]: value } };
}

const defaults = byName(defaultSwitches);

/**
 * The sandbox's profile of what a report has seen.
 *
 * @param report of the live check
 */
export function profileOf({ date, verdicts }: Pick<Report, 'date' | 'verdicts'>): LiveProfile {
	const switches: Record<string, unknown> = {};
	const unplayed: string[] = [];
	for (const { id, switches: seen = {} } of verdicts) {
		for (const [name, value] of Object.entries(seen)) {
			try {
				readSwitches(nested(name, value));
			} catch {
				unplayed.push(`${id}: ${name} ${JSON.stringify(value)}`);
				continue;
			}
			// A profile has what is otherwise than by default.
			if (JSON.stringify(value) === JSON.stringify(defaults[name])) continue;
			const [group = '', inner] = name.split('.');
			switches[group] = inner === undefined ? value : { ...(switches[group] as object | undefined), [inner]: value };
		}
	}
	return { profile: { about: `What was seen of the live service on ${date}.`, switches, cannot: [] }, unplayed };
}

/** A mark of docs/crazytel-api.md that a report changes. */
export interface NewMark {
	/** From 1. */
	line: number;
	row: string;
	mark: string;
}

/**
 * The marks of docs/crazytel-api.md that change by a report.
 *
 * @param page its text
 */
export function newMarks({ date, verdicts }: Pick<Report, 'date' | 'verdicts'>, page: string): NewMark[] {
	const lines = page.split('\n');
	return verdicts.flatMap(({ id, verdict, saw }) => {
		if (verdict !== 'confirmed' && verdict !== 'refuted') return [];
		const rows = [`<a id="${id}"></a>`, ...(assumptions.find((assumption) => assumption.id === id)?.rows ?? [])];
		return rows.flatMap((start) => {
			const at = lines.findIndex((line) => line.startsWith(`| ${start}`));
			return at < 0
				? []
				: [
						{
							line: at + 1,
							row: start.startsWith('<a') ? id : start,
							mark: `seen live, ${date}${verdict === 'refuted' ? `: ${saw ?? 'otherwise'}` : ''}`,
						},
					];
		});
	});
}
