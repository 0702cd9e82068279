import { InvalidInput, readAll } from '../../input/invalidInput';
import { isEmpty } from '../../input/empty';
import { lineOfText } from '../../input/text';
import type { Item } from '../../run/item';
import type { Operation } from '../../run/operation';
import { dryRun, options } from '../shared/fields';
import { readNew } from '../shared/settings';
import { checkNumbers } from '../shared/verifiedNumbers/check';
import { checksNumbers } from '../shared/verifiedNumbers/option';
import { encoded } from './encoding';
import { sendRequest } from './endpoints';
import * as fields from './fields';

const { settings } = fields;

/** A longer one is a pasted document. */
const LONGEST_KEY = 200;

const AFTER_REPEAT =
	'An SMS was sent again under the same key, because it was not known whether the first try had sent it; in its output sentAgain is true. It went out once only if Crazytel honours such keys, which its public documentation does not say.';

export const send: Operation = {
	value: 'send',
	name: 'Send',
	action: 'Send SMS',
	description: "Send an SMS for each item. Not in Crazytel's public documentation: may not work for your account.",
	properties: [
		settings.from.field,
		settings.to.field,
		settings.text.field,
		options(fields.checkNumbers, dryRun, fields.idempotencyKey),
	],
	async prepare(item) {
		const given = () => ({ from: item.parameter('from'), text: item.parameter('text'), to: item.parameter('to') });
		const { values, isChecked, isDryRun, key } = readAll({
			values: () => readNew(settings, given(), ['from', 'to', 'text']) as fields.Message,
			isChecked: () => checksNumbers(item),
			isDryRun: () => item.option(dryRun),
			key: () => readKey(item),
		});
		if (isChecked) await checkNumbers(item, settings, values, given);
		const idempotencyKey = key ?? item.keyFor(values);
		const { name: field, displayName: label } = fields.idempotencyKey;
		return {
			do: 'act',
			name: `the SMS to ${values.to}`,
			subject: values.to,
			request: sendRequest(values, idempotencyKey),
			settings,
			summary: { sms: { ...encoded(values.text) } },
			adds: { from: values.from, to: values.to, idempotencyKey },
			afterRepeat: AFTER_REPEAT,
			isDryRun,
			...(key !== undefined && { givenKey: { field, label } }),
		};
	},
};

/**
 * @returns the key of the user; undefined where the option was not added
 * @throws InvalidInput where it is empty: whoever has added it does not want the message twice
 */
function readKey(item: Item): string | undefined {
	const { name, displayName } = fields.idempotencyKey;
	const added = item.collection({ name: 'options', displayName: 'Options' });
	if (!Object.hasOwn(added, name)) return undefined;
	const given = added[name];
	if (isEmpty(given))
		throw refused(
			`${displayName} is empty.\nFill it in, or remove the option. An expression may have found nothing in this item.`,
		);
	const read = lineOfText(LONGEST_KEY).safeParse(given);
	if (!read.success) throw refused(`${displayName} ${read.error.issues[0]?.message ?? 'cannot be used.'}`);
	return read.data;
}

function refused(message: string): InvalidInput {
	return new InvalidInput([{ field: fields.idempotencyKey.name, message }]);
}
