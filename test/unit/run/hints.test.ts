import { hintsOf } from '../../../nodes/Crazytel/run/hints';

const EFFORT = { longestWaitMs: 0, repetitions: 0, requestsPerMinute: 60 };

const wordsOf = (effort: Partial<typeof EFFORT>): string[] =>
	hintsOf(new Set(), { ...EFFORT, ...effort }).map(({ message }) => message);

test('what the items have said comes first, each as a warning beside the output', () => {
	const hints = hintsOf(new Set(['One.', 'Two.']), { ...EFFORT, repetitions: 1 });
	expect(hints.map(({ message }) => message.slice(0, 4))).toEqual(['One.', 'Two.', '1 re']);
	for (const hint of hints) expect(hint).toMatchObject({ type: 'warning', location: 'outputPane' });
});

test('what data brings is no markup: n8n shows hints as HTML', () => {
	const [hint] = hintsOf(new Set(['2 items have the Name \'<a href="https://evil.example">R&D</a>\'.']), EFFORT);
	expect(hint?.message).toBe('2 items have the Name \'&#60;a href="https://evil.example"&#62;R&#38;D&#60;/a&#62;\'.');
});

test('a run that neither waited long nor repeated anything has nothing to tell', () => {
	expect(wordsOf({ longestWaitMs: 9_999 })).toEqual([]);
});

test.each([
	[60, 'of 60 requests a minute'],
	[0, 'set by Crazytel'],
])('a wait of ten seconds is told, with the limit (%d)', (requestsPerMinute, limit) => {
	expect(wordsOf({ longestWaitMs: 10_000, requestsPerMinute })).toEqual([
		`Requests waited for up to 10 seconds, mostly for the limit ${limit}, which all workflows with this API key share.`,
	]);
});

test.each([
	[1, '1 request was'],
	[2, '2 requests were'],
])('%d repetitions are told', (repetitions, words) => {
	expect(wordsOf({ repetitions })).toEqual([
		`${words} sent again after Crazytel was too busy or could not be reached. The output shows how each ended.`,
	]);
});
