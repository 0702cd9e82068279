import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../api/apiError';
import { MOST_ENTRIES } from '../../api/gauge';
import type { Send } from '../../run/plan';
import { pagesBack, type Sizes, SIZES } from './pagesBack';
import type { Row } from './rows';
import { type Span, spansOf } from './spans';

/** What is wanted. */
export interface Asked extends Span {
	most: number;
	/** What else is sent, by the API's names. */
	query: IDataObject;
}

const SHORTER = 'Choose a shorter span of dates, so that all of it comes at once.';

const CURES = {
	shorter: SHORTER,
	fewer: `Choose a Type or an Extension, so that there are fewer, or a Limit of what came. ${SHORTER}`,
	dates: 'Choose a Limit of at most 100 without dates, and look at the times in the output.',
};

/**
 * Reads the call records of a span, newest first, each once.
 *
 * @param sizes for the tests
 * @throws ApiError, Stopped
 */
export async function readBack(send: Send, asked: Asked, sizes: Sizes = SIZES): Promise<Row[]> {
	const found: Row[] = [];
	const way = { query: asked.query, spans: spansOf(asked), size: asked.most, cures: CURES };
	for await (const { fresh } of pagesBack(send, way, sizes)) {
		found.push(...fresh.slice(0, asked.most - found.length));
		if (found.length >= asked.most) return found;
		if (found.length > MOST_ENTRIES) throw tooMany();
	}
	return found;
}

function tooMany(): ApiError {
	const happened = `There are more than ${MOST_ENTRIES / 1000},000 call records, more than this node reads for one item.`;
	return new ApiError(happened, 'Choose a shorter span of dates, or a Limit.', 'unreadable', { httpCode: '200' });
}
