import { caught } from '../../../nodes/Crazytel/api/caught';

test('what goes well is a value', async () => {
	expect(await caught(Promise.resolve(7))).toStrictEqual({ value: 7 });
});

test('what is thrown is an error, the very same', async () => {
	const error = new Error('It broke');
	const result = await caught(Promise.reject<number>(error));
	expect(result).toStrictEqual({ error });
	expect('error' in result && result.error).toBe(error);
});

test('nothing is a value, too, and an error that is only returned is one', async () => {
	expect(await caught(Promise.resolve())).toStrictEqual({ value: undefined });
	const returned = new Error('Only told');
	expect(await caught(Promise.resolve(returned))).toStrictEqual({ value: returned });
});
