import { saysDone, saysUndone, withPlainNames } from '../../../nodes/Crazytel/api/saying';

test.each<[string, boolean, boolean]>([
	['Deleted', true, false],
	['Trunk updated successfully', true, false],
	['Message queued', true, false],
	['Insufficient credit', false, true],
	['Number is already in use', false, true],
	['The trunk could not be deleted', false, true],
	['It cannot be removed', false, true],
	// Both, or neither: nothing can be made of it.
	['Updated, but the name was rejected', false, false],
	['Created, and cannot be changed any more', false, false],
	['Hello', false, false],
	['', false, false],
])('%j: done %s, not done %s', (words, isDone, isUndone) => {
	expect(saysDone(words)).toBe(isDone);
	expect(saysUndone(words)).toBe(isUndone);
});

test('names are known however they are written', () => {
	expect(withPlainNames({ IsSuccess: false, error_message: 'x', 'next-page': 2 })).toStrictEqual({
		issuccess: false,
		errormessage: 'x',
		nextpage: 2,
	});
});
