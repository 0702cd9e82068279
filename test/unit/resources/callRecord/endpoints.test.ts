import type { Refusal } from '../../../../nodes/Crazytel/api/request';
import { callRecords } from '../../../../nodes/Crazytel/resources/callRecord/endpoints';

test.each([
	[404, 'Crazytel found no call records of this account (404).'],
	[422, 'Crazytel does not accept the dates, the Type or the Extension (422).'],
	[403, undefined],
	[500, undefined],
])('a refusal with %d has words of its own: %p', (status, happened) => {
	const request = callRecords({});
	expect(request.endpoint.explain?.({ status, fields: [], request } as unknown as Refusal)?.happened).toBe(happened);
});
