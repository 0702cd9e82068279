import type { Example } from '../example';
import { phoneNumber } from './phoneNumber';
import { sipTrunk } from './sipTrunk';

/** The examples of each resource, by its name in the registry. A resource without any is red. */
export const examples: Record<string, Example[]> = { phoneNumber, sipTrunk };
