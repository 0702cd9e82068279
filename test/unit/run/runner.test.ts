import type { IExecuteFunctions } from 'n8n-workflow';

import { runItems } from '../../../nodes/Crazytel/run/runner';

test('a run without items does nothing, and needs no credential', async () => {
	const context = { getInputData: () => [] } as unknown as IExecuteFunctions;
	const findOperation = jest.fn();
	expect(await runItems(context, findOperation, [])).toEqual([]);
	expect(findOperation).not.toHaveBeenCalled();
});
