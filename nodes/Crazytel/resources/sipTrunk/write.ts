import type { Operation } from '../../run/operation';

/** Sends a plan. The output is the trunk as the API gives it, without its password unless that is to be shown. */
export const write: Operation['perform'] = async ({ request, shownPassword }, client) => ({
	...(await client.send(request)),
	...(shownPassword !== undefined && { password: shownPassword }),
});
