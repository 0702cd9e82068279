import { createRequestLog, type RecordedRequest } from '../../sandbox/requestLog';

function recorded(path: string, rawBody = ''): RecordedRequest {
	return { method: 'GET', path, headers: {}, rawBody, body: undefined, kind: 'other', at: 0 };
}

test('the oldest requests are dropped beyond the bound', () => {
	const log = createRequestLog({ requests: 2, characters: 100 });
	for (const path of ['/1', '/2', '/3']) log.add(recorded(path));
	expect(log.requests.map(({ path }) => path)).toEqual(['/2', '/3']);
});

test('large bodies are bounded too, but the last request is always kept', () => {
	const log = createRequestLog({ requests: 10, characters: 5 });
	log.add(recorded('/1', 'abc'));
	const late = recorded('/2');
	log.add(late);
	log.fill(late, '"1234567"');
	expect(log.requests).toEqual([{ ...recorded('/2', '"1234567"'), body: '1234567' }]);
});

test('a body that comes after its request was cleared is not counted', () => {
	const log = createRequestLog({ requests: 10, characters: 5 });
	const late = recorded('/1');
	log.add(late);
	log.clear();
	log.fill(late, 'abcdef');
	log.add(recorded('/2', 'ab'));
	log.add(recorded('/3', 'cd'));
	expect(log.requests).toHaveLength(2);
});
