import { asPartial, isWhole, restOf, whyPartial, withoutRepeated } from '../../../nodes/Crazytel/api/pages';

const URL_OF_LIST = 'https://crazytel.io/api/v1/things/';

/** What an answer with fifty things, the first ones, says of the rest. */
const rest = (body: unknown, { entries = 50, before = 0, headers = {} } = {}) =>
	restOf({ body, headers }, URL_OF_LIST, entries, { entries: before, pages: before > 0 ? 1 : 0 });

/** The same of the fifty after the first fifty. */
const second = (body: unknown) => rest(body, { before: 50 });

describe('a list that says nothing of more is whole', () => {
	test.each<[string, unknown]>([
		['an array', [{ id: 'a' }]],
		['an object', { things: [{ id: 'a' }] }],
		['no next page', { next: null }],
		['a next page that is nothing', { next: '' }],
		['a next page that is space', { next: ' ' }],
		['a next page that is false', { next: false }],
		['a next page without an address', { links: { next: { rel: 'next' } } }],
		['no cursor', { next_cursor: null }],
		['a cursor that is nothing', { next_cursor: '' }],
		['no more', { has_more: false }],
		['more of nobody knows what', { more: 'Lamps' }],
		['more, in a list', { more: ['true'] }],
		['a next page that is this one', { next: 2, page: 2 }],
		['not truncated', { truncated: false }],
		['as many as there are', { total: 50 }],
		['fewer than there are here', { total: 7 }],
		['the last page', { page: 3, pages: 3 }],
		['a page after the last', { page: 4, pages: 3 }],
		['the only page', { pages: 1 }],
		['a page, and not of how many', { page: 2 }],
		['a total that is no number', { total: 'many' }],
		['a total in another notation', { total: '1e3' }],
		['a total below nothing', { total: -1, offset: 0 }],
		['half a thing more', { total: 50.5 }],
		['text', 'things'],
		['nothing', undefined],
	])('%s', (_, body) => {
		expect(rest(body)).toBe('none');
	});

	test('the last page, whatever its total', () => {
		expect(rest({ page: 3, pages: 3, total: 120 }, { entries: 20, before: 100 })).toBe('none');
	});
});

describe('the address of the next page', () => {
	test.each([
		['whole', 'https://crazytel.io/api/v1/things/?page=2&size=50'],
		['without its host', '/api/v1/things/?page=2&size=50'],
		['only what differs', '?page=2&size=50'],
		['of http, as a server behind a proxy sees itself', 'http://crazytel.io/api/v1/things/?page=2&size=50'],
		['without the slash at the end', 'https://crazytel.io/api/v1/things?page=2&size=50'],
		['in capitals', 'HTTPS://CRAZYTEL.IO/api/v1/things/?page=2&size=50'],
		['with space around it', ' /api/v1/things/?page=2&size=50\n'],
	])('%s', (_, next) => {
		expect(rest({ next })).toStrictEqual({ query: { page: '2', size: '50' } });
	});

	test('has what it has in its query, as text', () => {
		expect(rest({ next: '?after=a%20b&empty=' })).toStrictEqual({ query: { after: 'a b', empty: '' } });
	});

	test('of a list without a slash may have one', () => {
		const next = 'https://crazytel.io/things/?page=2';
		expect(
			restOf({ body: { next }, headers: {} }, 'https://crazytel.io/things', 50, { entries: 0, pages: 0 }),
		).toStrictEqual({ query: { page: '2' } });
	});

	test.each([
		['on another host', 'https://example.com/api/v1/things/?page=2'],
		['on another host, in short', '//example.com/api/v1/things/?page=2'],
		['on another port', 'https://crazytel.io:8443/api/v1/things/?page=2'],
		['of another list', '/api/v2/things/?page=2'],
		['of a list below', '/api/v1/things/lamps/?page=2'],
		['that is none', 'page=2'],
		['that is only a word', 'yes'],
		['that begins with a number', '2/things'],
		['that ends with a number', 'things/2'],
		['that cannot be read', 'http://['],
		['of another scheme', 'ftp://crazytel.io/api/v1/things/?page=2'],
	])('%s is not followed, and there is more', (_, next) => {
		expect(rest({ next })).toBe('unknown');
	});

	test('counts above whatever else is said', () => {
		const body = { next: '?page=9', page: 1, pages: 3, next_cursor: 'abc', total: 500, offset: 0, has_more: true };
		expect(rest(body)).toStrictEqual({ query: { page: '9' } });
	});
});

test.each([
	'next',
	'next_page',
	'nextPage',
	'next_url',
	'nextUrl',
	'next_page_url',
	'nextPageUrl',
	'next_link',
	'nextLink',
	'next_href',
])('the next page may be called %s', (name) => {
	expect(rest({ [name]: '?page=2' })).toStrictEqual({ query: { page: '2' } });
	expect(rest({ [name]: { href: '?page=2' } })).toStrictEqual({ query: { page: '2' } });
});

test.each([2, '2', ' 2 ', { href: 2 }])('the next page may be a number: %j', (next) => {
	expect(rest({ next })).toStrictEqual({ query: { page: 2 } });
});

test('the next page may have a number of two digits, and one that is not behind this page leads nowhere', () => {
	expect(rest({ next: '12', page: 11 })).toStrictEqual({ query: { page: 12 } });
	expect(rest({ next: 2, page: 2, per_page: 50 })).toStrictEqual({ query: { page: 3 }, isGuess: true });
});

test('the next page, and how many there are, may stand in headers', () => {
	expect(rest([], { headers: { 'x-next-page': '2' } })).toStrictEqual({ query: { page: 2 } });
	expect(rest([], { headers: { 'x-next-page': '' } })).toBe('none');
	expect(rest({ page: 1 }, { headers: { 'x-total-pages': '3' } })).toStrictEqual({ query: { page: 2 } });
	expect(rest({ page: 3 }, { headers: { 'x-total-pages': '3' } })).toBe('none');
});

describe('the Link header', () => {
	const link = (value: unknown) => rest([], { headers: { link: value } });
	const to = (page: number) => `<https://crazytel.io/api/v1/things/?page=${page}>`;

	test.each([
		['alone', `${to(2)}; rel="next"`],
		['without quotes', `${to(2)}; rel=next`],
		['with space around the word', `${to(2)}; rel=" next "`],
		['with a tab between the words', `${to(2)}; rel="last\tnext"`],
		['in capitals', `${to(2)}; REL="NEXT"`],
		['without space', `${to(2)};rel="next"`],
		['between others', `${to(1)}; rel="prev", ${to(2)}; rel="next", ${to(9)}; rel="last"`],
		['without space between them', `${to(1)}; rel="first",${to(2)}; rel="next",${to(9)}; rel="last"`],
		['that is the last one, too', `${to(1)}; rel="first", ${to(2)}; rel="last next"`],
		['that is the last one, too, told later', `${to(1)}; rel="first", ${to(2)}; rel="next last"`],
		['with other words before', `${to(1)}; rel="first", ${to(2)}; title="More"; rel="next"`],
		['with a path alone', '</api/v1/things/?page=2>; rel="next"'],
	])('has the next page: %s', (_, value) => {
		expect(link(value)).toStrictEqual({ query: { page: '2' } });
	});

	test('may have a comma in an address', () => {
		expect(link('<?ids=1,2&page=1>; rel="prev", <?ids=1,2&page=2>; rel="next"')).toStrictEqual({
			query: { ids: '1,2', page: '2' },
		});
	});

	test.each([
		['has only others', `${to(1)}; rel="prev", ${to(9)}; rel="last"`],
		['has a word that ends so', `${to(2)}; rel="unnext"`],
		['has it in another word', `${to(2)}; title="next"; rel="last"`],
		['has no address', 'rel="next"'],
		['has an address without brackets', '/api/v1/things/?page=2; rel="next"'],
		['is nothing', ''],
		['is not text', [1]],
	])('that %s says nothing', (_, value) => {
		expect(link(value)).toBe('none');
	});

	test('that leads elsewhere says that there is more', () => {
		expect(link('<https://example.com/?page=2>; rel="next"')).toBe('unknown');
	});

	test('counts above the answer', () => {
		expect(rest({ next: '?page=9' }, { headers: { link: `${to(2)}; rel="next"` } })).toStrictEqual({
			query: { page: '2' },
		});
	});
});

describe('pages', () => {
	test.each([
		['page', 'pages'],
		['current_page', 'last_page'],
		['currentPage', 'lastPage'],
		['page', 'total_pages'],
		['page', 'totalPages'],
		['page_number', 'page_count'],
		['page', 'num_pages'],
		['page', 'number_of_pages'],
	])('%s of %s', (page, pages) => {
		expect(rest({ [page]: 1, [pages]: 3 })).toStrictEqual({ query: { page: 2 } });
		expect(rest({ [page]: '2', [pages]: '3' })).toStrictEqual({ query: { page: 3 } });
		expect(rest({ [page]: 3, [pages]: 3 })).toBe('none');
	});

	test('may be counted from nothing', () => {
		expect(rest({ page: 0, pages: 3 })).toStrictEqual({ query: { page: 1 } });
	});

	test('of which it is not said which this is are more than can be read', () => {
		expect(rest({ pages: 2 })).toBe('unknown');
		expect(rest({ pages: '2' })).toBe('unknown');
	});

	test('of which it is not said how many there are go on as long as things are left', () => {
		expect(second({ page: 2, total: 120 })).toStrictEqual({ query: { page: 3 } });
		expect(second({ page: 2, total: 100 })).toBe('none');
		expect(second({ page: 2, has_more: true })).toStrictEqual({ query: { page: 3 } });
		expect(second({ page: 2, has_more: false })).toBe('none');
	});

	test('that are empty lead nowhere', () => {
		expect(rest({ page: 2, total: 120 }, { entries: 0, before: 50 })).toBe('unknown');
		expect(rest({ page: 2, has_more: true }, { entries: 0, before: 50 })).toBe('unknown');
	});
});

describe('an offset', () => {
	test.each(['offset', 'skip'])('(%s) goes on after what was answered, as long as things are left', (name) => {
		expect(second({ [name]: 50, total: 120 })).toStrictEqual({ query: { [name]: 100 } });
		expect(second({ [name]: 50, total: 100 })).toBe('none');
	});

	test('goes on where there is more', () => {
		expect(second({ offset: 50, has_more: true })).toStrictEqual({ query: { offset: 100 } });
		expect(second({ offset: 50, has_more: false })).toBe('none');
	});

	test('is asked for with the limit that was kept to', () => {
		expect(rest({ offset: 0, limit: 50, total: 120 })).toStrictEqual({ query: { offset: 50, limit: 50 } });
		expect(rest({ skip: '0', limit: '50', total: '120' })).toStrictEqual({ query: { skip: 50, limit: 50 } });
	});

	test('without a total goes on after a full page, and not after one that is not full', () => {
		expect(rest({ offset: 0, limit: 50 })).toStrictEqual({ query: { offset: 50, limit: 50 }, isGuess: true });
		expect(rest({ offset: 0, limit: 51 })).toBe('none');
		expect(rest({ offset: 0 })).toBe('none');
		// A total that is reached says more than a full page.
		expect(rest({ offset: 0, limit: 50, total: 50 })).toBe('none');
	});

	test('counts above the number of a page', () => {
		expect(rest({ offset: 0, page: 1, total: 120 })).toStrictEqual({ query: { offset: 50 } });
	});

	test('of an empty page leads nowhere', () => {
		expect(rest({ offset: 50, total: 120 }, { entries: 0, before: 50 })).toBe('unknown');
		expect(rest({ offset: 50, limit: 0 }, { entries: 0, before: 50 })).toBe('none');
	});

	test.each([null, -1, 'a', true])('that is %j is none', (offset) => {
		expect(rest({ offset, total: 120 })).toBe('unknown');
	});
});

describe('more, and no word of how to get it', () => {
	test.each([
		'total',
		'count',
		'total_count',
		'totalCount',
		'total_items',
		'totalItems',
		'total_results',
		'total_records',
		'total_entries',
		'recordsTotal',
	])('by %s', (name) => {
		expect(rest({ [name]: 51 })).toBe('unknown');
		expect(rest({ [name]: '51' })).toBe('unknown');
		expect(rest({ [name]: ' 51\n' })).toBe('unknown');
		expect(rest({ [name]: 50 })).toBe('none');
	});

	test.each([
		'has_more',
		'hasMore',
		'more',
		'has_next',
		'hasNext',
		'has_next_page',
		'hasNextPage',
		'truncated',
		'is_truncated',
	])('by %s', (name) => {
		expect(rest({ [name]: true })).toBe('unknown');
		expect(rest({ [name]: false })).toBe('none');
	});

	test.each([
		'next_cursor',
		'nextCursor',
		'cursor',
		'next_token',
		'nextToken',
		'next_page_token',
		'nextPageToken',
		'continuation',
		'continuation_token',
		'after',
		'end_cursor',
	])('by %s', (name) => {
		expect(rest({ [name]: 'abc' })).toBe('unknown');
		expect(rest({ [name]: 7 })).toBe('unknown');
	});

	test('by a total that the pages before did not reach either', () => {
		expect(second({ total: 101 })).toBe('unknown');
		expect(second({ total: 100 })).toBe('none');
	});

	test('by a total in the headers', () => {
		for (const name of ['x-total-count', 'x-total', 'total-count']) {
			expect(rest([], { headers: { [name]: '51' } })).toBe('unknown');
			expect(rest([], { headers: { [name]: '50' } })).toBe('none');
		}
		expect(rest([], { headers: { 'content-range': 'items 0-49/51' } })).toBe('unknown');
		expect(rest([], { headers: { 'content-range': 'items 0-49/50' } })).toBe('none');
		expect(rest([], { headers: { 'content-range': 'items 0-49/*' } })).toBe('none');
		expect(rest([], { headers: { 'content-range': 'items 0-49/51 or so' } })).toBe('none');
	});

	test('by the largest total, wherever it stands', () => {
		// The number of things in the answer is often called a count.
		expect(rest({ count: 50 }, { headers: { 'x-total-count': '120' } })).toBe('unknown');
		expect(rest({ total: 120, count: 50 })).toBe('unknown');
		expect(rest({ total: 120 }, { headers: { 'content-range': 'items 0-49/50' } })).toBe('unknown');
	});

	test('a total in the headers is enough where the answer has the page', () => {
		expect(rest({ page: 1 }, { headers: { 'x-total-count': '120' } })).toStrictEqual({ query: { page: 2 } });
		expect(rest({ offset: 0 }, { headers: { 'content-range': 'items 0-49/120' } })).toStrictEqual({
			query: { offset: 50 },
		});
	});
});

describe('what is said of pages may be wrapped', () => {
	test.each(['meta', 'metadata', 'pagination', 'paging', 'page_info', 'pageInfo', 'links', '_links', 'page', 'data'])(
		'in %s',
		(name) => {
			expect(rest({ things: [], [name]: { next: '?page=2' } })).toStrictEqual({ query: { page: '2' } });
			expect(rest({ things: [], [name]: { total: 51 } })).toBe('unknown');
		},
	);

	test('in several', () => {
		expect(rest({ meta: { current_page: 1 }, pagination: { last_page: 3 } })).toStrictEqual({ query: { page: 2 } });
		expect(rest({ page: 1, meta: { pages: 3 } })).toStrictEqual({ query: { page: 2 } });
	});

	test('and what stands beside the list counts above it', () => {
		expect(rest({ page: 2, pages: 3, meta: { page: 1 } })).toStrictEqual({ query: { page: 3 } });
		expect(rest({ meta: { page: 2, pages: 3 }, paging: { page: 1 } })).toStrictEqual({ query: { page: 3 } });
	});

	test('in each other, and no deeper than in two', () => {
		expect(rest({ data: { meta: { next: '?page=2' } } })).toStrictEqual({ query: { page: '2' } });
		expect(rest({ data: { meta: { page: { next: '?page=2' } } } })).toBe('none');
	});

	test('and not in a list, nor in a thing', () => {
		expect(rest({ meta: [{ next: '?page=2' }] })).toBe('none');
		expect(rest({ lamp: { next: '?page=2' } })).toBe('none');
		expect(rest([{ next: '?page=2' }])).toBe('none');
	});
});

describe('entries that are there already', () => {
	const lamp = { id: 'a', name: 'Lamp' };

	test('are left out by their id, in whatever case, and the first one stays', () => {
		const entries = [lamp, { id: 'A', name: 'Lamp again' }, { id: 'b' }, { id: 7 }, { id: '7' }];
		expect(withoutRepeated(entries)).toStrictEqual([lamp, { id: 'b' }, { id: 7 }]);
	});

	test('are left out where they have no id and are the same as a whole', () => {
		expect(withoutRepeated([{ number: 1 }, { number: 2 }, { number: 1 }])).toStrictEqual([
			{ number: 1 },
			{ number: 2 },
		]);
		expect(withoutRepeated(['1', 1, '1', null, null])).toStrictEqual(['1', 1, null]);
	});

	test('are not taken for one another because of their names', () => {
		const entries = [{ id: 'a', name: 'Lamp' }, { id: 'b', name: 'Lamp' }, { name: 'Lamp' }, 'id a'];
		expect(withoutRepeated(entries)).toStrictEqual(entries);
	});

	test('and where there are none the list is the same one, so that what is noted of it stays', () => {
		const entries = [lamp, { id: 'b' }];
		expect(withoutRepeated(entries)).toBe(entries);
	});
});

test('a list is whole until it is noted that it is not', () => {
	const list = [{ id: 'a' }];
	const other = [{ id: 'a' }];
	expect(isWhole(list)).toBe(true);
	expect(asPartial(list)).toBe(list);
	expect([isWhole(list), whyPartial(list)]).toEqual([false, 'goes on']);
	expect([isWhole(other), whyPartial(other)]).toEqual([true, undefined]);
	expect(whyPartial(asPartial(other, 'doubted'))).toBe('doubted');
});

describe('what says that it goes on, in other words', () => {
	test.each<[object, unknown]>([
		[{ meta: { pagination: { total: 120, current_page: 1, total_pages: 3 } } }, { query: { page: 2 } }],
		[{ result_info: { page: 1, total_pages: 2 } }, { query: { page: 2 } }],
		[
			{ page: 1, per_page: 50 },
			{ query: { page: 2 }, isGuess: true },
		],
		[
			{ page: 1, page_size: 50 },
			{ query: { page: 2 }, isGuess: true },
		],
		[{ limit: 50 }, { query: { offset: 50, limit: 50 }, isGuess: true }],
		[{ totalElements: 120 }, 'unknown'],
		[{ last: false }, 'unknown'],
		[{ remaining: 3 }, 'unknown'],
		[{ has_more: 'true' }, 'unknown'],
		[{ has_more: 'TRUE' }, 'unknown'],
		// The total may be that of the page.
		[{ has_more: true, total: 50 }, 'unknown'],
		[{ has_more: true, next: null }, 'unknown'],
		[{ more: 'true stories', next_cursor: 'abc' }, 'unknown'],
		[{ more: 'not true', next_cursor: 'abc' }, 'unknown'],
		[{ count: 50, next_cursor: 'abc' }, 'unknown'],
		[{ next: { url: `${URL_OF_LIST}?page=2` } }, { query: { page: '2' } }],
		[{ total: 120, next: null }, 'unknown'],
	])('%j', (body, expected) => {
		expect(rest(body)).toStrictEqual(expected);
	});
});

describe('what says that it is over, in other words', () => {
	test.each<[object, number]>([
		[{ has_more: false, next_cursor: 'abc' }, 0],
		[{ has_more: 'False', next_cursor: 'abc' }, 0],
		[{ remaining: 0, next_cursor: 'abc' }, 0],
		[{ page_info: { has_next_page: false, end_cursor: 'abc' } }, 0],
		[{ total: 50, cursor: 'abc' }, 0],
		[{ next_cursor: 0 }, 0],
		[{ next: 0 }, 0],
		[{ next_page: 0, page: 1 }, 0],
		[{ next: 'null' }, 0],
		[{ page: 0, pages: 1 }, 0],
		[{ page: 1, pages: 2 }, 50],
		[{ next: null, count: 120, total_pages: 3 }, 70],
		[{ last: true }, 0],
		[{ page: 1, per_page: 100 }, 0],
	])('%j after %d', (body, before) => {
		expect(rest(body, { before })).toBe('none');
	});

	test('a link to another thing than the next page', () => {
		expect(rest([], { headers: { link: '</x/?a=1>; rel="next-archive"' } })).toBe('none');
	});
});
