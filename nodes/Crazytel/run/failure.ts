import {
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeProperties,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import { Stopped } from '../api/clock';
import { nodeWithoutSecrets } from '../api/redaction';
import { InvalidInput } from '../input/invalidInput';
import { type Parts, partsOf } from '../input/words';
import type { Schema } from './kind';
import { asHeadline, asHtml, asText, type Paragraph } from './shownAs';

/** Why an item failed, in the words that people see. */
export interface Failure extends Whereabouts {
	/** What happened and what to do: all of it, as plain text. */
	message: string;
	/** The same in its parts, one for each thing that is wrong; without them the message is what happened. */
	parts?: Array<Parts & { label?: string | undefined }>;
	/** More of it, e.g. what n8n says of an expression. */
	description?: string;
}

/** What of a failure a workflow can look at. */
interface Whereabouts {
	/** The status of the answer, e.g. `422`, or Node's code. */
	httpCode?: string;
	/** The field as the editor shows it. */
	field?: string;
	/** The field's place in the parameters, e.g. `options.dryRun`. */
	parameter?: string;
	/** Of a write: set where it may have been done all the same, so that nobody does it a second time. */
	mayHaveActed?: true;
}

/** The error of a run, as plain text. */
export interface Report extends Whereabouts {
	/** The headline. */
	happened: string;
	/** What to do, and what became of the items. */
	more: Paragraph[];
}

/** The words for an item that was not sent, because the execution was stopped. n8n looks for "canceled". */
export const STOPPED_FAILURE: Failure = {
	message: 'The execution was canceled before this item was sent. Nothing was written for it.',
};

/** The same for an item that an earlier try of Retry On Fail has written. */
export const STOPPED_REPEATING_FAILURE: Failure = {
	message:
		'The execution was canceled before this item was sent again. An earlier try has written it, but an item before it that changes the same thing may have been sent again since. Check it in the Crazytel portal.',
};

/** What helps to name the field that a failure is about. */
interface Clues {
	/** The parameter that was being read when n8n threw. */
	failingParameter?: string | undefined;
	/** The settings that the server may name. */
	settings?: Schema | undefined;
}

/**
 * Turns whatever was thrown into a failure.
 *
 * @param properties the fields of the operation, from which the field's names are taken
 */
export function toFailure(
	error: unknown,
	properties: INodeProperties[] = [],
	{ failingParameter, settings = {} }: Clues = {},
): Failure {
	if (error instanceof InvalidInput) {
		const parts = error.problems.map(({ field, message }) => ({
			...partsOf(message),
			label: labelOf(field, properties),
		}));
		return { message: error.message, parts, ...locate(error.problems[0]?.field, properties) };
	}
	if (error instanceof ApiError) {
		const { message, parts, httpCode, fields } = error;
		// Of several none is blamed.
		const named = Object.entries(settings).find(([field]) => fields.length === 1 && field === fields[0]);
		return { message, parts: [parts], httpCode, ...locate(named?.[1].parameter, properties) };
	}
	return error instanceof Stopped ? STOPPED_FAILURE : hostFailure(error, properties, failingParameter);
}

/** n8n's own errors: no credential, an expression that fails. */
function hostFailure(error: unknown, properties: INodeProperties[], failingParameter?: string): Failure {
	const { message, description, context } = (error ?? {}) as {
		message?: unknown;
		description?: unknown;
		context?: { parameter?: string };
	};
	const place = locate(failingParameter ?? context?.parameter, properties);
	const words = typeof message === 'string' && message !== '' ? message : 'Something unexpected happened';
	return {
		message: place.field === undefined ? words : `${place.field}: the expression failed. ${words}`,
		...(typeof description === 'string' && { description }),
		...place,
	};
}

/** Finds a field by its parameter's name, among the fields and in their collections. */
function locate(wanted: string | undefined, properties: INodeProperties[]): Pick<Failure, 'field' | 'parameter'> {
	for (const property of properties) {
		if (property.name === wanted) return { field: property.displayName, parameter: property.name };
		const inner = (property.options ?? []).find(
			(option): option is INodeProperties => 'displayName' in option && option.name === wanted,
		);
		if (inner !== undefined) {
			return { field: inner.displayName, parameter: `${property.name}.${inner.name}` };
		}
	}
	return {};
}

/** How messages call a field. */
function labelOf(wanted: string, properties: INodeProperties[]): string | undefined {
	return locate(wanted, properties).field?.replace(/ Name or ID$/, '');
}

/**
 * The item that takes a failed one's place.
 *
 * Which items leave by the error output, n8n reads from their `json`, or from `item.error`. Before
 * 2.36 it takes no `details` in the `json`; and an item that still has an `error` when it leaves
 * loses all of its `json` but the message. So it has one that is seen and not copied: n8n sends on
 * a copy, `{ ...item, json: { ...input, ...json } }`. Some versions unset it before, so it can be.
 *
 * @param node whose On Error decides where it goes
 * @param item index of the input item
 */
export function failedItem(failure: Failure, { onError }: Pick<INode, 'onError'>, item: number): INodeExecutionData {
	const { message } = failure;
	const details: Partial<Failure> = { ...failure };
	delete details.message;
	delete details.parts;
	const failed: INodeExecutionData = {
		json: { error: message, details: details as IDataObject },
		pairedItem: { item },
	};
	if (onError !== 'continueErrorOutput') return failed;
	return Object.defineProperty(failed, 'error', {
		value: { message },
		enumerable: false,
		writable: true,
		configurable: true,
	});
}

/**
 * The error that stops a run. Holds no response object and no parameters with secrets, because
 * n8n stores it whole.
 *
 * @param secretParameters names of the parameters that hold a secret
 * @param isForModel whether the node is an agent's tool: the model is told the message, and nothing else
 */
export function toNodeError(
	node: INode,
	{ happened, more, httpCode }: Report,
	itemIndex: number,
	secretParameters: readonly string[],
	isForModel = false,
): NodeApiError | NodeOperationError {
	const message = asHeadline(isForModel ? asText(happened, more) : happened);
	const description = isForModel || more.length === 0 ? undefined : asHtml(more);
	const safeNode = nodeWithoutSecrets(node, secretParameters);
	const error =
		httpCode === undefined
			? new NodeOperationError(safeNode, message, { description, itemIndex })
			: new NodeApiError(safeNode, { message }, { message, description, httpCode, itemIndex });
	// The constructors replace a message that holds a code such as ECONNREFUSED, even inside a word.
	error.message = message;
	error.messages = [];
	error.description = description;
	return error;
}
