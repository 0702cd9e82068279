import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import { MASK } from '../api/redaction';
import type { Kind, Schema } from './kind';

/** What a write changes, by the API's names; a secret is masked. */
export type Changes = Record<string, { from: IDataObject[string]; to: IDataObject[string] }>;

/** Whether the thing has a setting as it was, or would be, sent. */
export function isSame(settings: Schema, thing: IDataObject, name: string, sent: unknown): boolean {
	return settings[name]?.isSame(thing[name], sent) ?? thing[name] === sent;
}

/**
 * Whether the thing shows a setting at all. What is not there is unknown, and so is what is not a plain value;
 * `null` is a setting that was never made.
 */
export function isShown(settings: Schema, thing: IDataObject, name: string): boolean {
	const value = thing[name];
	const { isSecret, isReadable } = settings[name] ?? {};
	if (isSecret || value === undefined || (typeof value === 'object' && value !== null)) return false;
	return isReadable?.(value) ?? true;
}

/** The values that the thing is not known to have; a secret never is. */
export function differences({ settings }: Kind, thing: Thing | undefined, values: IDataObject): IDataObject {
	return pick(
		values,
		(name) => thing === undefined || !isShown(settings, thing, name) || !isSame(settings, thing, name, values[name]),
	);
}

/** The values that the thing shows otherwise. */
export function contradictions(
	{ settings }: Pick<Kind, 'settings'>,
	thing: IDataObject,
	values: IDataObject,
): IDataObject {
	return pick(values, (name) => isShown(settings, thing, name) && !isSame(settings, thing, name, values[name]));
}

/** @param thing as it was; undefined where that is not known, or there was none */
export function changesOf({ settings }: Kind, thing: Thing | undefined, values: IDataObject): Changes {
	return Object.fromEntries(
		Object.keys(values).map((name) => [
			name,
			settings[name]?.isSecret ? { from: MASK, to: MASK } : { from: thing?.[name] ?? null, to: values[name] ?? null },
		]),
	);
}

function pick(values: IDataObject, isWanted: (name: string) => boolean): IDataObject {
	return Object.fromEntries(Object.entries(values).filter(([name]) => isWanted(name)));
}
