import type { Example } from '../example';
import { sipTrunk } from './sipTrunk';
import { sms } from './sms';

/** The examples of each resource, by its name in the registry. A resource without any is red. */
export const examples: Record<string, Example[]> = { sipTrunk, sms };
