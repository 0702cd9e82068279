import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import { shown } from '../input/shown';
import { isShown } from './differences';
import type { Kind } from './kind';

/**
 * Tells what a thing has otherwise since a write that did not name it, where it is not known that the API leaves alone
 * what is not named.
 *
 * @param before the thing as it was known before; undefined where it was not
 * @param sent all that was sent of it
 * @returns undefined where there is nothing to tell
 */
export function hintBeyondAsked(
	kind: Kind,
	before: Thing | undefined,
	after: Thing,
	sent: IDataObject,
): string | undefined {
	if (kind.mayResetOthers !== true || before === undefined) return undefined;
	const { settings, noun } = kind;
	const isOther = (name: string) =>
		!Object.hasOwn(sent, name) &&
		isShown(settings, before, name) &&
		isShown(settings, after, name) &&
		String(before[name] ?? '') !== String(after[name] ?? '');
	const changed = Object.entries(settings).filter(([name]) => isOther(name));
	if (changed.length === 0) return undefined;
	const words = changed.map(
		([name, { label }]) => `its ${label} is ${shown(after[name])} now and was ${shown(before[name])}`,
	);
	return `The ${noun.one} ${kind.nameOf(after) || after.id} was also changed where nobody has asked for it: ${words.join(', ')}. Somebody else may have changed that meanwhile, or Crazytel resets what an update does not name. Set it again if it is missed.`;
}
