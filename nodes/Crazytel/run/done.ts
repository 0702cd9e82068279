import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import type { Changes } from './differences';
import type { Done } from './performing';
import type { Make, SetValues } from './plan';

/** What came of a plan whose thing is so now. */
export function done(plan: Make | SetValues, thing: Thing, changes: Changes): Done {
	return {
		output: outputOf(plan, thing, changes),
		written: [plan.kind.nameOf(thing), thing.id].filter((part) => part !== '').join(' '),
		...(plan.shown !== undefined && { lostSecrets: plan.kind.afterLostSecrets }),
	};
}

/** The thing as the API gives it, with the secrets that are to be shown. */
export function outputOf({ shown, tellsChanges }: Make | SetValues, thing: Thing, changes: Changes): IDataObject {
	return {
		...thing,
		...shown,
		...(tellsChanges && { changed: Object.keys(changes).length > 0, changes }),
	};
}
