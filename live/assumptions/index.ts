import { accountAssumptions } from './account';
import type { Assumption } from './assumption';
import { callRecordAssumptions } from './callRecords';
import { numberAssumptions } from './numbers';
import { smsAssumptions } from './sms';
import { trunkAssumptions } from './trunks';

export type { Assumption, Finding, SwitchValue } from './assumption';

/** Everything that the node takes for granted of the API and that nobody here has seen. Each is a row of docs/crazytel-api.md. */
export const assumptions: readonly Assumption[] = [
	...trunkAssumptions,
	...accountAssumptions,
	...callRecordAssumptions,
	...smsAssumptions,
	...numberAssumptions,
];
