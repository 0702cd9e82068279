import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../api/body';
import { InvalidInput } from '../input/invalidInput';
import { readFlag } from '../input/flag';
import type { CollectionView } from './collection';
import type { Kind } from './kind';
import type { Known } from './known';
import { keyFor, originOf, type WithOrigin } from './origin';

/** One input item as an operation sees it: its parameters, and what the run shares. */
export interface Item {
	/** A parameter with its expression resolved; `''` when it was never set. */
	parameter(name: string): unknown;
	/**
	 * What a resource locator holds; what an expression has put in its place counts as an id. Something chosen from
	 * the list has the name that it had there.
	 */
	locator(name: string): { mode: unknown; value: unknown; called?: string };
	/**
	 * The fields that were added to a collection; one whose expression found nothing is there too.
	 *
	 * @throws InvalidInput when an expression has put something else in its place
	 */
	collection(field: Pick<INodeProperties, 'name' | 'displayName'>): Record<string, unknown>;
	/** Whether an expression stands in a parameter, or in a field of a collection. */
	isExpression(parameter: string, field?: string): boolean;
	/**
	 * An on-off field of the Options collection. One that was not added is off, whatever its default: that is what
	 * n8n puts in when it is added, and adding it does what its name says.
	 *
	 * @param whenNotAdded of one that is there to be switched off
	 * @throws InvalidInput when it holds anything but true or false
	 */
	option(field: Pick<INodeProperties, 'name' | 'displayName'>, whenNotAdded?: boolean): boolean;
	/** Whether an expression stands in a parameter that the model of an agent does not fill. */
	isOwnExpression(name: string): boolean;
	/** Tells the user something of the whole run; the same words are shown once. */
	hint(message: string): void;
	/**
	 * A key by which a server knows what is sent for this item: the same in each of its tries, another one for every
	 * other item, run and execution.
	 *
	 * @param content what is sent; with another one it is another key
	 */
	keyFor(content: unknown): string;
	/** The first parameter whose expression has thrown; n8n's error does not always say it. */
	readonly failingParameter: string | undefined;
	/** Of the workflow, e.g. `Australia/Sydney`. */
	readonly timeZone: string;
	/** What the run has read; the only way to the API while an item is prepared. */
	known: KnownView;
}

/** What an operation may ask of what the run knows: it can read, and falsify nothing. */
export interface KnownView extends Pick<Known, 'once'> {
	/** @throws ApiError when the list cannot be read, the same one for every item */
	of<Values extends IDataObject, KeyName extends string>(
		kind: Kind<Values, KeyName>,
		use?: { isForMaking?: boolean },
	): Promise<CollectionView<KeyName>>;
}

/** What is the same for all items of a run. */
export interface Run {
	known: Known;
	hints: Set<string>;
}

/** @param memory what the node remembers of the item */
export function createItem(
	context: IExecuteFunctions,
	index: number,
	{ known, hints }: Run,
	memory: WithOrigin = {},
): Item {
	let failingParameter: string | undefined;
	const read = (name: string, unset: string | object): unknown => {
		let isRead = false;
		try {
			const value: unknown = context.getNodeParameter(name, index, unset);
			isRead = true;
			return value;
		} finally {
			if (!isRead) failingParameter ??= name;
		}
	};
	/** n8n resolves every expression in a collection each time that it is asked for it, and each option asks. */
	const collections = new Map<string, Record<string, unknown>>();
	const collection: Item['collection'] = ({ name, displayName }) => {
		const fields = collections.get(name) ?? read(name, {});
		// Not by its prototype: an object from an expression has the one of n8n's sandbox.
		if (isRecord(fields) && Object.prototype.toString.call(fields) === '[object Object]') {
			collections.set(name, fields);
			return fields;
		}
		throw new InvalidInput([
			{ field: name, message: `${displayName} must be a set of fields.\nAdd its fields one by one.` },
		]);
	};
	return {
		known,
		collection,
		isExpression(parameter, field = '') {
			// As it stands in the node; what n8n gives an operation has been resolved.
			const raw: unknown = context.getNode().parameters[parameter];
			return isExpression(raw) || (isRecord(raw) && isExpression(raw[field]));
		},
		isOwnExpression(name) {
			const raw: unknown = context.getNode().parameters[name];
			return isExpression(raw) && !/\$fromai\b/i.test(String(raw));
		},
		parameter: (name) => read(name, ''),
		locator(name) {
			const value = read(name, '');
			// An expression may stand for all of it: then it is an id, or a thing that has one.
			if (!isRecord(value) || !isLocator(value)) return { mode: 'id', value };
			const { mode, cachedResultName: called } = value;
			const isNamed = mode === 'list' && typeof called === 'string' && called !== '';
			return { mode, value: value.value, ...(isNamed && { called }) };
		},
		get timeZone() {
			return context.getTimezone();
		},
		get failingParameter() {
			return failingParameter;
		},
		option({ name, displayName }, whenNotAdded = false) {
			const options = collection({ name: 'options', displayName: 'Options' });
			return Object.hasOwn(options, name) ? readFlag(displayName, name, options[name]) : whenNotAdded;
		},
		hint: (message) => void hints.add(message),
		keyFor: (content) => keyFor(originOf(context, index, memory), content),
	};
}

/** How n8n saves an expression; one by which a model fills a field in begins like this, too. */
function isExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

function isLocator(value: Record<string, unknown>): boolean {
	return (
		value.__rl === true || (!Object.hasOwn(value, 'id') && ['mode', 'value'].some((key) => Object.hasOwn(value, key)))
	);
}
