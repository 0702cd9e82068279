import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { inEitherForm } from '../../../nodes/Crazytel/api/eitherForm';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { listRequest, makeRequest } from './endpoints';

const refused = (httpCode: string) => new ApiError('No.', 'Look.', 'refused', { httpCode });

let accounts = 0;

const nextAccount = () => `account of forms ${++accounts}`;

/** Asks once; each path answers with what stands for it. @returns the paths that were asked, and what came of it */
async function askAs(
	account: string,
	answers: Record<string, unknown>,
	request: ApiRequest<unknown> = { ...listRequest(), path: '/things/', otherPath: '/things' },
) {
	const asked: Array<string | undefined> = [];
	const { result, sent } = await inEitherForm<unknown>(account, request, async ({ path }) => {
		asked.push(path);
		const answer = answers[path];
		return answer instanceof Error ? { error: answer } : { content: answer };
	});
	return { asked, result, sent };
}

/** Asks so often. @returns the paths that were asked, and the last end */
async function ask(times: number, answers: Record<string, unknown>, request?: ApiRequest<unknown>) {
	const account = nextAccount();
	const ends = [];
	for (let time = 0; time < times; time++) ends.push(await askAs(account, answers, request));
	return { asked: ends.flatMap(({ asked }) => asked), result: ends.at(-1)?.result };
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
	const { asked, result } = await ask(2, { '/things/': error, '/things': refused('404') });
	expect(asked).toEqual(['/things/', '/things', '/things/', '/things']);
	expect((result as { error: unknown }).error).toBe(error);
});

test('what came of it has the request as it was sent', async () => {
	const account = nextAccount();
	const answers = { '/things/': refused('404'), '/things': 2 };
	// The first time as the second try, and from then on at once.
	for (const asked of [['/things/', '/things'], ['/things']]) {
		expect(await askAs(account, answers)).toMatchObject({ asked, result: { content: 2 }, sent: { path: '/things' } });
	}
	const neither = { '/things/': refused('404'), '/things': refused('404') };
	expect((await askAs(nextAccount(), neither)).sent.path).toBe('/things/');
});

test('where the form that has answered is gone, the usual one is asked again', async () => {
	const account = nextAccount();
	await askAs(account, { '/things/': refused('404'), '/things': 2 });
	const turned = { '/things/': 1, '/things': refused('404') };
	expect(await askAs(account, turned)).toMatchObject({ asked: ['/things', '/things/'], result: { content: 1 } });
	expect((await askAs(account, turned)).asked).toEqual(['/things/']);
});

test('a form that answers with an error is not remembered, and its error is the end', async () => {
	const error = refused('403');
	const { asked, result } = await ask(2, { '/things/': refused('404'), '/things': error });
	expect(asked).toEqual(['/things/', '/things', '/things/', '/things']);
	expect((result as { error: unknown }).error).toBe(error);
});

test('of very many accounts the forms are forgotten of those that asked the longest ago', async () => {
	const first = nextAccount();
	const answers = { '/things/': refused('404'), '/things': 2 };
	await askAs(first, answers);
	for (let other = 0; other < 1_000; other++) await askAs(nextAccount(), { '/things/': 1 });
	expect((await askAs(first, answers)).asked).toEqual(['/things/', '/things']);
});

test.each(['401', '403', '422'])('a refusal (%s) is no other form', async (code) => {
	expect((await ask(1, { '/things/': refused(code) })).asked).toEqual(['/things/']);
});

test('what the server has not refused is no other form, whatever its code', async () => {
	const broken = new ApiError('Broken.', 'Look.', 'uncertain', { httpCode: '404' });
	expect((await ask(1, { '/things/': broken })).asked).toEqual(['/things/']);
});

test('a read without another form is sent once', async () => {
	const request = { ...listRequest(), path: '/things/' } as ApiRequest<unknown>;
	expect(request).not.toHaveProperty('otherPath');
	expect((await ask(1, { '/things/': refused('404') }, request)).asked).toStrictEqual(['/things/']);
});

test('a write has one form', async () => {
	const request = { ...makeRequest({}), path: '/things/', otherPath: '/things' } as ApiRequest<unknown>;
	expect((await ask(1, { '/things/': refused('307') }, request)).asked).toEqual(['/things/']);
});
