import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { formsOf } from '../../../input/numberForms';
import { choiceOf, isSmsSender } from '../../../input/phoneNumber';
import { choiceOfModel } from '../byModel';
import { explained, fetchList } from '../fetchList';
import { hasNoCredential, loadsAgainAfter, unloadedEntry } from '../firstAdd';
import { type VerifiedNumber, verifiedNumbers } from './endpoint';

const UNLOADED = 'Load the numbers, then choose one';

const unloaded = unloadedEntry(UNLOADED);

/** Has a dropdown of numbers loaded again. @param field the dropdown's name */
export function loadsAgain(field: string): string[] {
	return loadsAgainAfter(field, UNLOADED);
}

/** Fills the caller ID dropdown with all verified numbers. */
export async function getVerifiedNumbers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	if (hasNoCredential(this)) return unloaded;
	const verified = await fetchList(this, verifiedNumbers);
	if (verified.length > 0) {
		const byModel = choiceOfModel(this, 'Caller_ID', 'A number that is verified for the account, such as 61291234567');
		return [...byModel, ...entries(verified)];
	}
	throw explained(
		this,
		'This account has no verified number. Buy a number or verify one in the Crazytel portal, then load the list again.',
	);
}

/** Fills the SMS sender dropdown with the verified numbers that can send SMS: those with 614. */
export async function getSmsSenders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	if (hasNoCredential(this)) return unloaded;
	const verified = await fetchList(this, verifiedNumbers);
	const senders = verified.filter(({ number }) => isSmsSender(number));
	if (senders.length > 0) {
		const byModel = choiceOfModel(
			this,
			'SMS_Sender',
			'A mobile number that is verified for the account, such as 61412345678',
		);
		return [...byModel, ...entries(senders)];
	}
	throw explained(
		this,
		`None of the ${verified.length} verified numbers of this account can send SMS: a sender is an Australian mobile number and starts with 614. Verify one in the Crazytel portal, then load the list again.`,
	);
}

function entries(numbers: VerifiedNumber[]): INodePropertyOptions[] {
	return numbers
		.map((verified) => ({ name: nameOf(verified), value: choiceOf(verified.number) }))
		.sort((a, b) => Number(isAbroad(a)) - Number(isAbroad(b)) || a.name.localeCompare(b.name));
}

/**
 * Reads like `0412 345 678 · SMS · Front desk · +61 412 345 678 · 61412345678`: what is typed into a dropdown, n8n
 * looks for in the names alone, as it stands.
 */
function nameOf({ number, name }: VerifiedNumber): string {
	const [usual, ...others] = formsOf(number);
	return [usual, ...(isSmsSender(number) ? ['SMS'] : []), ...(name === undefined ? [] : [name]), ...others].join(' · ');
}

function isAbroad({ name }: INodePropertyOptions): boolean {
	return name.startsWith('+');
}
