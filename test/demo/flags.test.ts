import { readFlags } from '../../demo/flags';

test.each([
	[['--prot', '1'], 'Unknown flag --prot.'],
	[['4010'], 'The demo takes --port N'],
	[['--api-key'], 'A flag lacks its value'],
	[['--port', 'abc'], 'from 0 to 65535'],
	[['--port', '65536'], 'from 0 to 65535'],
	[['--api-key', 'k'], 'needed together'],
	[['--base-url', 'http://127.0.0.1:4010'], 'needed together'],
	[['--base-url', 'http://127.0.0.1:4010', '--api-key', 'k', '--port', '1'], 'Leave one of them out'],
	[
		['--base-url', 'nonsense', '--api-key', 'k'],
		'--base-url or --api-key cannot be used. Base URL of the credential is not a web address',
	],
])('%j is refused in one line', (args, reason) => {
	const read = () => readFlags(args);
	expect(read).toThrow(reason);
	expect(read).toThrow(/^[^\n]*$/);
});

test.each([[['the-key']], [['--key=the-key']], [['--port', 'the-key']]])(
	'a key in the wrong place is not repeated: %j',
	(args) => {
		const read = () => readFlags(args);
		expect(read).toThrow();
		expect(read).not.toThrow(/the-key/);
	},
);

test('what can be used is read as the node reads its credential', () => {
	expect(readFlags([])).toEqual({});
	expect(readFlags(['--port', '65535'])).toEqual({ port: 65535 });
	expect(readFlags(['--base-url', 'http://127.0.0.1:4010/', '--api-key', 'k'])).toMatchObject({
		account: { baseUrl: 'http://127.0.0.1:4010', apiKey: 'k' },
	});
});
