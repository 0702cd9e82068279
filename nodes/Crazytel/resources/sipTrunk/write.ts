import type { IDataObject } from 'n8n-workflow';

import type { Trunk } from '../../api/answers';
import { createOnce } from '../../run/createOnce';
import type { Operation, Plan } from '../../run/operation';

/** Sends a plan that sets absolute values, so that sending it again does no harm. */
export const sendUpdate: Operation['perform'] = async (plan, { client }) =>
	output(plan, await client.send(plan.request));

/** Sends a plan that makes a trunk, so that it must not be sent twice. */
export const sendCreate: Operation['perform'] = async (plan, writing) =>
	output(plan, await createOnce(plan, writing));

/** The trunk as the API gives it, without its password unless that is to be shown. */
function output({ shownPassword }: Plan, trunk: Trunk): IDataObject {
	return { ...trunk, ...(shownPassword !== undefined && { password: shownPassword }) };
}
