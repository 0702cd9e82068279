import { MOST_ENTRIES } from './gauge';
import type { Result } from './outcomes';
import { asPartial, MOST_PAGES, type ReadBefore, type Rest, withoutRepeated } from './pages';
import type { ApiRequest } from './request';

/**
 * Reads the pages of a list behind its first one, each of which is a request of its own. Where one adds nothing, it ends.
 *
 * @param ask sends a request, and says how it ended
 * @returns all entries, each once; `isWhole` tells whether that is all there is
 * @throws what has ended a request
 */
export async function withAllPages<Answer>(
	request: ApiRequest<Answer>,
	first: { content: Answer; rest?: Rest },
	ask: (request: ApiRequest<Answer>, before: ReadBefore) => Promise<Result<Answer>>,
): Promise<Answer> {
	const known = new Set<string>();
	const list = [...withoutRepeated(first.content as unknown[], known)];
	let { rest } = first;
	let entries = (first.content as unknown[]).length;
	for (let pages = 1; typeof rest === 'object' && pages < MOST_PAGES && entries < MOST_ENTRIES; pages++) {
		const result = await ask({ ...request, query: { ...request.query, ...rest.query } }, { entries, pages });
		if ('error' in result) throw result.error;
		const page = result.content as unknown[];
		entries += page.length;
		const fresh = withoutRepeated(page, known);
		// One that repeats what was there, or is empty where there was to be more, is not what was asked for.
		rest = fresh.length > 0 ? result.rest : rest.isGuess && page.length === 0 ? 'none' : 'unknown';
		for (const entry of fresh) list.push(entry);
	}
	return (rest === undefined || rest === 'none' ? list : asPartial(list)) as Answer;
}
