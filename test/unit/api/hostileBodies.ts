function nested(levels: number, open: string, close: string, middle: string): string {
	return open.repeat(levels) + middle + close.repeat(levels);
}

/**
 * Bodies that want to break whoever reads them.
 *
 * @param id of the trunk that some of them hold
 * @param size of the big ones, in millions of characters; each is sent many times where an engine runs
 */
export function bodiesWith(id: string, size = 5): Array<[string, unknown]> {
	const long = (of: string) => of.repeat((size * 1_000_000) / of.length);
	const refusals = size * 20_000;
	return [
		['10,000 levels of lists', nested(10_000, '[', ']', '1')],
		['10,000 levels of objects', nested(10_000, '{"detail":', '}', '"x"')],
		['10,000 levels of unknown objects', nested(10_000, '{"a":', '}', '1')],
		['10,000 levels in a trunk', `{"id":"${id}","deep":${nested(10_000, '{"a":', '}', '1')}}`],
		['10,000 levels that never end', '['.repeat(10_000)],
		['a prototype', '{"__proto__":{"polluted":true,"detail":"x"},"constructor":{"prototype":{"polluted":true}}}'],
		[
			'a trunk with a prototype',
			`{"id":"${id}","__proto__":{"polluted":true},"constructor":1,"hasOwnProperty":1,"toString":1,"toJSON":1}`,
		],
		[
			'fields named like prototype keys',
			{
				detail: [
					{ loc: ['body', 'constructor'], msg: 'bad' },
					{ loc: ['body', '__proto__'], msg: 'bad' },
					{ loc: ['body', 'toString'], msg: 'bad' },
				],
			},
		],
		[`${size} MB of text`, long('x')],
		[`${size} MB of words`, { detail: long('x ') }],
		[`${size} MB of a web page`, `<html><title>${long('x')}</title></html>`],
		[
			'a web page',
			'<!DOCTYPE html><html><head><title>Sign in</title></head><body><script>alert(1)</script></body></html>',
		],
		[
			`${refusals} refusals`,
			{ detail: Array.from({ length: refusals }, () => ({ loc: ['body', 'password'], msg: 'bad' })) },
		],
		[`a field of ${size} MB`, { detail: [{ loc: ['body', long('x')], msg: 'bad' }] }],
		['a field with line breaks', { detail: [{ loc: ['body', 'a\r\nb\u202Ec\0'], msg: 'bad\r\nX: \u202E1\0' }] }],
		['null', 'null'],
		['a list of nulls', '[null,null]'],
		['a number', '1e400'],
		['half a surrogate', '"\\ud83d"'],
		['invalid JSON', '{"detail":'],
		['nothing', ''],
		['NUL', '\0'.repeat(1000)],
		[
			'words under every key as objects',
			{ detail: { detail: { detail: { detail: { detail: { detail: { detail: 'x' } } } } } } },
		],
	];
}
