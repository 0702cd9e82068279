import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

import { isEmpty } from '../../input/empty';
import { UNTICKED } from '../../input/flag';
import { InvalidInput } from '../../input/invalidInput';
import type { Setting } from '../../run/kind';

/** A setting of a thing, declared once: everything about it follows from here. */
export interface FieldSetting<Value> extends Setting {
	field: INodeProperties;
	/** What differs in the field of an update. */
	inUpdate?: Partial<INodeProperties>;
	/** What differs where the field stands by itself in a form, its name too. */
	byItself?: Partial<INodeProperties>;
	/** Reads what was entered, into what is sent; the messages follow the label. */
	reads: z.ZodType<Value, z.ZodTypeDef, unknown>;
	/** Whether an update clears it with a field that was left empty. */
	isClearable?: true;
	/** Of a number that the account must have verified: which of those can be used here. */
	mayUse?: (verified: string) => boolean;
}

/** Settings by the API's names, in the alphabetical order of their labels. */
export type FieldSettings = Readonly<Record<string, FieldSetting<unknown>>>;

/** What is sent of a thing's settings. */
export type ValuesOf<Settings extends FieldSettings> = {
	[Name in keyof Settings]?: Settings[Name] extends FieldSetting<infer Value> ? Value : never;
};

/** Settings as they come from a workflow, by the API's names: one that is there was given, whatever it holds. */
export type Given<Settings extends FieldSettings> = { [Name in keyof Settings]?: unknown };

/** Declares a setting; unless it says otherwise, it is compared as text. */
export function setting<Value>(
	declared: Omit<FieldSetting<Value>, 'label' | 'parameter' | 'isSame'> & Partial<Pick<Setting, 'isSame'>>,
): FieldSetting<Value> {
	const { displayName, name } = declared.field;
	// n8n wants the addition where a dropdown is filled by the account.
	return { isSame: isSameText, ...declared, label: displayName.replace(/ Name or ID$/, ''), parameter: name };
}

function isSameText(listed: unknown, sent: unknown): boolean {
	return String(listed ?? '').trim() === String(sent);
}

/** The same settings in a form where one of them stands by itself: it is read from that field, and told by its name. */
export function withByItself<Settings extends FieldSettings>(
	settings: Settings,
	name: keyof Settings & string,
): Settings {
	const { byItself, ...inCollection } = settings[name] as FieldSetting<unknown>;
	const field = { ...inCollection.field, ...byItself };
	return { ...settings, [name]: { ...inCollection, field, parameter: field.name } };
}

/** The fields of some settings, as they stand in a collection. */
export function fieldsOf(settings: FieldSettings, without: string[]): INodeProperties[] {
	return Object.entries(settings).flatMap(([name, { field }]) => (without.includes(name) ? [] : [field]));
}

/** The same as an update has them. */
export function updateFieldsOf(settings: FieldSettings): INodeProperties[] {
	return Object.values(settings).map(({ field, inUpdate }) => ({ ...field, ...inUpdate }));
}

/** Names the fields of a collection as the API does. What was not added is not there. */
export function givenIn<Settings extends FieldSettings>(
	settings: Settings,
	fields: Record<string, unknown>,
): Given<Settings> {
	return Object.fromEntries(
		Object.entries(settings).flatMap(([name, { parameter }]) =>
			Object.hasOwn(fields, parameter) ? [[name, fields[parameter]]] : [],
		),
	) as Given<Settings>;
}

/**
 * Reads the settings of a new thing. An optional one that is empty was left out, but for one that is on
 * or off: an unticked box, which tables leave out, would be what holds without it, which may be on.
 *
 * @param required without these there is none
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, when one cannot be used or a required one is missing
 */
export function readNew<Settings extends FieldSettings>(
	settings: Settings,
	given: Given<Settings>,
	required: Array<keyof Settings>,
): ValuesOf<Settings> {
	const refused = [
		...required,
		...Object.keys(settings).filter((name) => Object.hasOwn(given, name) && isOnOff(settings[name])),
	];
	return read(settings, withoutEmpty(given), emptyAmong(refused, given), { required, hasIgnoreEmpty: false });
}

/**
 * Reads the settings of a thing that is made or, where there is one with its key, updated. Empty fields
 * are refused as in an update, so that it does not depend on the account what happens.
 *
 * @param required without these there is none
 * @param ignoreEmpty whether an optional setting that is empty was left out
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, when one cannot be used or a required one is missing
 */
export function readKeyed<Settings extends FieldSettings>(
	settings: Settings,
	given: Given<Settings>,
	required: Array<keyof Settings>,
	ignoreEmpty: boolean,
): ValuesOf<Settings> {
	const refused = ignoreEmpty ? required : [...new Set([...required, ...Object.keys(given)])];
	return read(settings, withoutEmpty(given), emptyAmong(refused, given), { required });
}

/**
 * Reads the settings of an update. None may be empty, except that a field that was left empty clears what
 * can be cleared. An expression that gives an empty text has found an empty cell, and clears nothing.
 *
 * @param ignoreEmpty whether every setting that is empty was left out
 * @param isExpression whether an expression stands in a parameter
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, also when there is no setting at all
 */
export function readUpdate<Settings extends FieldSettings>(
	settings: Settings,
	given: Given<Settings>,
	ignoreEmpty = false,
	isExpression: (parameter: string) => boolean = () => false,
): ValuesOf<Settings> {
	const wanted = ignoreEmpty ? withoutEmpty(given) : given;
	const names = Object.keys(wanted);
	if (names.length === 0) {
		const message =
			Object.keys(given).length === 0
				? 'Update Fields has no field.\nAdd at least one field to change.'
				: 'Update Fields has no field with a value in this item, and Ignore Empty skips the empty ones.\nTake the item out before this node.';
		throw new InvalidInput([{ field: 'updateFields', message }]);
	}
	const clears = (name: keyof Settings) => {
		const declared = settings[name];
		return declared?.isClearable === true && wanted[name] === '' && !isExpression(declared.parameter);
	};
	const empty = emptyAmong(names, wanted).filter((name) => !clears(name));
	const filled = Object.entries(wanted).filter(([name]) => !empty.includes(name));
	return read(settings, Object.fromEntries(filled) as Given<Settings>, empty);
}

function withoutEmpty<Settings extends FieldSettings>(given: Given<Settings>): Given<Settings> {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => !isEmpty(value))) as Given<Settings>;
}

function emptyAmong<Settings extends FieldSettings>(names: Array<keyof Settings>, given: Given<Settings>) {
	return names.filter((name) => isEmpty(given[name]));
}

function read<Settings extends FieldSettings>(
	settings: Settings,
	given: Given<Settings>,
	empty: Array<keyof Settings>,
	{ required = [], hasIgnoreEmpty = true }: { required?: Array<keyof Settings>; hasIgnoreEmpty?: boolean } = {},
): ValuesOf<Settings> {
	const values: Record<string, unknown> = {};
	const problems = Object.entries(settings).flatMap(([name, declared]) => {
		const told = (words: string) => [{ field: declared.parameter, message: `${declared.label} ${words}` }];
		if (empty.includes(name)) return told(emptyProblem(declared, required.includes(name), hasIgnoreEmpty));
		if (!Object.hasOwn(given, name)) return [];
		const parsed = declared.reads.safeParse(given[name]);
		if (!parsed.success) return told(parsed.error.issues[0]?.message ?? 'cannot be used.');
		values[name] = parsed.data;
		return [];
	});
	if (problems.length > 0) throw new InvalidInput(problems);
	return values as ValuesOf<Settings>;
}

function emptyProblem(declared: FieldSetting<unknown>, isRequired: boolean, hasIgnoreEmpty: boolean): string {
	const cure = isRequired
		? 'Fill it in.'
		: !hasIgnoreEmpty
			? 'Fill it in, or remove the field.'
			: declared.isClearable
				? 'Give a text, leave the field itself empty to clear it, or add Ignore Empty in Options.'
				: 'Fill it in, remove the field, or add Ignore Empty in Options.';
	const unticked = isOnOff(declared) ? `: ${UNTICKED}` : '.';
	return `is empty.\n${cure} An expression may have found nothing in this item${unticked}`;
}

function isOnOff(declared: FieldSetting<unknown> | undefined): boolean {
	return declared?.field.type === 'boolean';
}
