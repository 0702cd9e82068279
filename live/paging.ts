import { hostOf, isObject, listOf, type Seen } from './seen';

/** How an answer says that its list goes on, and whether it does; undefined where nothing of the kind is to be seen. */
export function pagingOf(seen: Seen): { style: string; goesOn: boolean } | undefined {
	const { headers, body } = seen;
	const list = listOf(seen);
	if (list === undefined) return undefined;
	const count = list.rows.length;
	if (/rel="?next"?/.test(headers.link ?? '')) return { style: 'link', goesOn: true };
	const totals: Array<[style: string, total: number]> = [
		['content-range', Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? NaN)],
		['x-total-count', Number(headers['x-total-count'] ?? NaN)],
	];
	for (const [style, total] of totals) if (!Number.isNaN(total)) return { style, goesOn: total > count };
	if (!isObject(body)) return undefined;
	const { beside } = list;
	const inside: Array<Record<string, unknown>> = [beside, ...Object.values(beside).filter(isObject)];
	const find = (...names: string[]): unknown =>
		inside.flatMap((part) => names.map((name) => part[name])).find((value) => value !== undefined);
	const total = Number(find('total', 'total_count') ?? NaN);

	const next = find('next', 'next_url');
	if (typeof next === 'string') {
		if (!/^https?:/i.test(next)) return { style: 'next path', goesOn: true };
		return {
			style: seen.asked?.host !== undefined && hostOf(next) !== seen.asked.host ? 'next elsewhere' : 'next',
			goesOn: true,
		};
	}
	const nextPage = find('next_page');
	if (nextPage !== undefined) return { style: 'next_page', goesOn: nextPage !== null };
	const cursor = find('next_cursor', 'cursor');
	if (cursor !== undefined) return { style: 'cursor', goesOn: cursor !== null && cursor !== '' };
	const more = find('has_more', 'more');
	if (typeof more === 'boolean') return { style: 'has_more', goesOn: more };
	const page = find('page', 'current_page');
	const pages = Number(find('pages', 'total_pages', 'last_page') ?? NaN);
	if (page !== undefined) return { style: 'page', goesOn: Number(page) < pages || total > count };
	if (find('offset') !== undefined) return { style: 'offset', goesOn: total > count + Number(find('offset')) };
	if (next === null) return { style: 'next', goesOn: false };
	return Number.isNaN(total) ? undefined : { style: 'total', goesOn: total > count };
}
