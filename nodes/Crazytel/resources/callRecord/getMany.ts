import type { INodeProperties } from 'n8n-workflow';

import { clock } from '../../api/clock';
import { isEmpty } from '../../input/empty';
import { readFlag } from '../../input/flag';
import { InvalidInput, readAll } from '../../input/invalidInput';
import { DAY_MS, type Edge, type Moment, readMoment } from '../../input/moment';
import { shown } from '../../input/shown';
import type { Item } from '../../run/item';
import type { Operation } from '../../run/operation';
import { limit, readMost, returnAll } from '../shared/fields';
import { TYPES } from './endpoints';
import { extension, readExtension, simplify, typeChoices } from './fields';
import { type Asked, readBack } from './readBack';
import { simplified } from './rows';
import { type Span, usualFrom } from './spans';

/** 100 years; what people write for "until ever", such as the year 9999, would be read for hours. */
const MOST_MS = 36_525 * DAY_MS;

const CHOICES: Readonly<Record<string, string | undefined>> = { all: undefined, ...TYPES };

const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [{ name: 'All', value: 'all' }, ...typeChoices],
	default: 'all',
	description: 'Which records to get: all, voice, did, smsIn or smsOut',
};

const startDate: INodeProperties = {
	displayName: 'Start Date',
	name: 'startDate',
	type: 'dateTime',
	default: '',
	description:
		'The earliest date, such as 2026-11-01 or 2026-11-01T09:00:00, in the time zone of the workflow; a date alone begins with its day; without it, three months before End Date',
};

const endDate: INodeProperties = {
	displayName: 'End Date',
	name: 'endDate',
	type: 'dateTime',
	default: '',
	description:
		'The latest date, such as 2026-11-30 or 2026-11-30T17:00:00, in the time zone of the workflow; a date alone includes all of its day; without it, now',
};

export const getMany: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many call records',
	description: 'Retrieve a list of calls and messages with what they cost, newest first',
	properties: [type, startDate, endDate, extension, returnAll, limit, simplify],
	async prepare(item) {
		const { kind, span, of, most, isSimple } = readAll({
			kind: () => readType(item),
			span: () => readSpan(item),
			of: () => readExtension(optional(item, extension)),
			most: () => readMost(item),
			isSimple: () => readFlag(simplify.displayName, simplify.name, item.parameter(simplify.name)),
		});
		const asked: Asked = {
			...span,
			most,
			query: { ...(kind !== undefined && { type: kind }), ...(of !== undefined && { extension: of }) },
		};
		return {
			do: 'gather',
			name: JSON.stringify(['call records', { ...asked, most: String(most) }, isSimple]),
			async read(send) {
				const rows = await readBack(send, asked);
				return isSimple ? rows.map(simplified) : rows;
			},
		};
	},
};

function readType(item: Item): string | undefined {
	const value = item.parameter(type.name);
	if (typeof value === 'string' && Object.hasOwn(CHOICES, value)) return CHOICES[value];
	throw new InvalidInput([
		{ field: type.name, message: `Type ${shown(value)} is unknown.\nUse one of ${Object.keys(CHOICES).join(', ')}.` },
	]);
}

/**
 * A field that may be left empty. An expression that found nothing would get the records of all; a model may leave it out.
 *
 * @throws InvalidInput when it is empty by an expression
 */
function optional(item: Item, { name, displayName }: INodeProperties): unknown {
	const value = item.parameter(name);
	if (!isEmpty(value) || !item.isOwnExpression(name)) return value;
	throw new InvalidInput([
		{
			field: name,
			message: `${displayName} is empty.\nAn expression may have found nothing in this item. Fill it in, or empty the field itself to do without.`,
		},
	]);
}

function readSpan(item: Item): Span {
	const momentOf = (field: INodeProperties, edge: Edge) =>
		readMoment(field.displayName, field.name, optional(item, field), item.timeZone, edge);
	const { from, to } = readAll({
		from: () => momentOf(startDate, 'start'),
		to: () => momentOf(endDate, 'end') ?? now(),
	});
	const span = { from: from ?? usualFrom(to), to };
	if (span.from <= span.to && span.to - span.from <= MOST_MS) return span;
	const [started, ended] = [span.from, span.to].map((moment) => new Date(moment).toISOString());
	const message =
		span.from > span.to
			? `Start Date (${started}) is after End Date (${ended}).\nChange one of them.`
			: `Start Date (${started}) and End Date (${ended}) are more than 100 years apart.\nCorrect them: each three months are a request.`;
	throw new InvalidInput([{ field: startDate.name, message }]);
}

/** To the second, so that items of one run ask for the same. */
function now(): Moment {
	return Math.floor(clock.epoch() / 1000) * 1000;
}
