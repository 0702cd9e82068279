import { ENTERED_PASSWORD, type Example } from '../example';
import type { TrialServer } from './server';

/** What no resource has yet, so that every promise is tried on all effects. */
export const trialExamples: Array<Example<TrialServer>> = [
	{
		operation: 'ring',
		parameters: { house: '={{ $json.house }}', password: ENTERED_PASSWORD },
		items: [{ house: 'Hill & Co' }, { house: 'Moor?' }, { house: 'Élan' }],
		bad: { house: '' },
		on: 'other',
		effect: 'act',
		seed: () => {},
		gives: ({ house }) => [{ of: house }],
		isDone: ({ house }, { rung }) => rung.includes(String(house)),
	},
	{
		operation: 'call',
		parameters: { house: '={{ $json.house }}' },
		items: [{ house: 'Hill & Co' }, { house: 'Moor?' }, { house: 'Élan' }],
		bad: { house: '' },
		on: 'other',
		effect: 'read',
		seed: () => {},
		gives: ({ house }) => [{ of: house, answer: `Who is ${String(house)}?` }],
	},
];
