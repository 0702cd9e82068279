import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import type { Changes } from './differences';
import { inOrder } from './kind';
import type { Done } from './performing';
import type { Make, SetValues } from './plan';

/** What came of a plan whose thing is so now. */
export function done(plan: Make | SetValues, thing: Thing, changes: Changes): Done {
	return {
		output: outputOf(plan, thing, changes),
		written: [plan.kind.nameOf(thing), thing.id].filter((part) => part !== '').join(' '),
		state: isOfMade(plan) ? 'created' : 'updated',
		...(plan.shown !== undefined && { lostSecrets: plan.kind.afterLostSecrets }),
		...(isOfMade(plan) && plan.known !== undefined && { made: { plan, known: plan.known, thing } }),
		...keptOf(plan, thing.id),
	};
}

/** That a plan has left secrets as they are, if it has. */
export function keptOf(plan: Make | SetValues, id: string): Pick<Done, 'kept'> {
	return plan.do === 'set' && plan.keepsSecrets !== undefined ? { kept: { plan, id } } : {};
}

function isOfMade(plan: Make | SetValues): boolean {
	return plan.do === 'make' || plan.isOfMade === true;
}

/** The thing as the API gives it, with the secrets that are to be shown. */
export function outputOf({ kind, shown, tellsChanges }: Make | SetValues, thing: Thing, changes: Changes): IDataObject {
	return {
		...inOrder(kind, { ...thing, ...shown }),
		...(tellsChanges && { changed: Object.keys(changes).length > 0, changes }),
	};
}
