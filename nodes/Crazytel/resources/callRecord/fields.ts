import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isEmpty } from '../../input/empty';
import { InvalidInput } from '../../input/invalidInput';
import { lineOfText } from '../../input/text';

/** An extension is no document. */
const LONGEST_EXTENSION = 100;

/** The types of call records, by our names, as a menu has them. */
export const typeChoices: INodePropertyOptions[] = [
	{ name: 'DID', value: 'did', description: 'Of a phone number: what Crazytel files under its type *did' },
	{ name: 'Incoming SMS', value: 'smsIn' },
	{ name: 'Outgoing SMS', value: 'smsOut' },
	{ name: 'Voice', value: 'voice' },
];

export const extension: INodeProperties = {
	displayName: 'Extension',
	name: 'extension',
	type: 'string',
	default: '',
	placeholder: 'e.g. CT123456',
	description: 'Only records of this trunk, by its username, or of this extension of CrazyPBX',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/**
 * Reads Extension.
 *
 * @returns undefined where it is empty
 * @throws InvalidInput when it is no line of text
 */
export function readExtension(value: unknown): string | undefined {
	if (isEmpty(value)) return undefined;
	const parsed = lineOfText(LONGEST_EXTENSION).safeParse(value);
	if (parsed.success) return parsed.data;
	throw new InvalidInput([
		{
			field: extension.name,
			message: `${extension.displayName} ${parsed.error.issues[0]?.message ?? 'cannot be used.'}`,
		},
	]);
}
