import { caught } from '../../api/caught';
import { NoWayBack } from '../../resources/callRecord/noWayBack';
import type { Page } from '../../resources/callRecord/pagesBack';

/**
 * Pages of which a short one may be half of one: only when no older one follows it has all there is. Where older ones cannot be
 * asked for, a short one is taken at its word, as the documentation says that it has all.
 *
 * @param isTrusted whether a page may be taken at its word
 * @throws ApiError, Stopped
 */
export async function* pagesUntilSure(
	pages: AsyncGenerator<Page, void>,
	isTrusted: (page: Page) => boolean = ({ isFull }) => !isFull,
): AsyncGenerator<Page, void> {
	let mayEnd = false;
	for (;;) {
		const came = await caught(pages.next());
		if ('error' in came) {
			if (mayEnd && came.error instanceof NoWayBack) return;
			throw came.error;
		}
		if (came.value.done === true) return;
		mayEnd = isTrusted(came.value.value);
		yield came.value.value;
	}
}
