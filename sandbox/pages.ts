import { jsonAnswer, type Answer } from './answers';
import type { Switches } from './switches';

/**
 * One page of a list, with whatever the style says of the rest.
 *
 * @param list the whole list
 * @param key the key of the list in a wrapped answer
 * @param query what was asked for; without `page` or `offset` the first page
 * @param url the address of the list, without a query
 */
export function pageOf(
	list: object[],
	key: string,
	{ pageSize, pageStyle }: Switches,
	query: URLSearchParams,
	url: string,
): Answer {
	const numberOf = (name: string) => Number(query.get(name) ?? 0);
	const page = Math.max(numberOf('page'), 1);
	const start = query.has('offset') ? numberOf('offset') : (page - 1) * pageSize;
	const shown = list.slice(start, start + pageSize);
	const pages = Math.ceil(list.length / pageSize);
	const isLast = start + pageSize >= list.length;
	const wrapped = (beside: object, headers: Record<string, string> = {}) =>
		jsonAnswer(200, { [key]: shown, ...beside }, headers);
	const next = `?page=${page + 1}`;
	switch (pageStyle) {
		case 'next':
			return wrapped({ total: list.length, next: isLast ? null : `${url}${next}` });
		case 'next path':
			return wrapped({ links: { next: isLast ? null : `${new URL(url).pathname}${next}` } });
		case 'next elsewhere':
			return wrapped({ next: isLast ? null : `https://other.example/${next}` });
		case 'page':
			return wrapped({ pagination: { page, pages, per_page: pageSize, total: list.length } });
		case 'next_page':
			return wrapped({ meta: { current_page: page, next_page: isLast ? null : page + 1 } });
		case 'offset':
			return wrapped({ offset: start, limit: pageSize, total: list.length });
		case 'link':
			return jsonAnswer(
				200,
				shown,
				isLast ? {} : { link: `<${url}?page=1>; rel="first", <${url}${next}>; rel="next"` },
			);
		case 'total':
			return wrapped({ total: list.length });
		case 'x-total-count':
			return jsonAnswer(200, shown, { 'x-total-count': String(list.length) });
		case 'content-range':
			return jsonAnswer(200, shown, { 'content-range': `items ${start}-${start + shown.length - 1}/${list.length}` });
		case 'has_more':
			return wrapped({ has_more: !isLast });
		case 'cursor':
			return wrapped({ next_cursor: isLast ? null : 'bWFyaw' });
	}
}
