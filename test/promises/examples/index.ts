import type { Example } from '../example';
import { account } from './account';
import { callRecord } from './callRecord';
import { phoneNumber } from './phoneNumber';
import { sipTrunk } from './sipTrunk';
import { sms } from './sms';
import { verifiedNumber } from './verifiedNumber';

/** The examples of each resource, by its name in the registry. A resource without any is red. */
export const examples: Record<string, Example[]> = { account, callRecord, phoneNumber, sipTrunk, sms, verifiedNumber };
