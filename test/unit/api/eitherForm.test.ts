import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { inEitherForm } from '../../../nodes/Crazytel/api/eitherForm';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { listRequest, makeRequest } from './endpoints';

const refused = (httpCode: string) => new ApiError('No.', 'Look.', 'refused', { httpCode });

let accounts = 0;

/** Asks so often; each path answers with what stands for it. @returns the paths that were asked, and the last end */
async function ask(
	times: number,
	answers: Record<string, unknown>,
	request: ApiRequest<unknown> = { ...listRequest(), path: '/things/', otherPath: '/things' },
) {
	const account = `account of forms ${++accounts}`;
	const asked: string[] = [];
	let result: unknown;
	for (let time = 0; time < times; time++) {
		({ result } = await inEitherForm(account, request, async ({ path }) => {
			asked.push(path);
			const answer = answers[path];
			return answer instanceof Error ? { error: answer } : { content: answer };
		}));
	}
	return { asked, result };
}

test('the form that answers is asked', async () => {
	expect(await ask(2, { '/things/': 1 })).toEqual({ asked: ['/things/', '/things/'], result: { content: 1 } });
});

test.each(['301', '302', '307', '308', '404', '405'])(
	'where the first answers %s, the other one, and from then on that alone',
	async (code) => {
		expect(await ask(2, { '/things/': refused(code), '/things': 2 })).toEqual({
			asked: ['/things/', '/things', '/things'],
			result: { content: 2 },
		});
	},
);

test('where neither is there, the end is that of the first one, and both are asked again', async () => {
	const error = refused('307');
	expect(await ask(2, { '/things/': error, '/things': refused('404') })).toEqual({
		asked: ['/things/', '/things', '/things/', '/things'],
		result: { error },
	});
});

test.each(['401', '403', '422'])('a refusal (%s) is no other form', async (code) => {
	expect((await ask(1, { '/things/': refused(code) })).asked).toEqual(['/things/']);
});

test('a write has one form', async () => {
	const request = { ...makeRequest({}), path: '/things/', otherPath: '/things' } as ApiRequest<unknown>;
	expect((await ask(1, { '/things/': refused('307') }, request)).asked).toEqual(['/things/']);
});
