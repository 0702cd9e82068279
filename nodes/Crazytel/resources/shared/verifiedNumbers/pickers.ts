import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { choiceOf, isSmsSender } from '../../../input/phoneNumber';
import { choiceOfModel } from '../byModel';
import { explained, fetchList } from '../fetchList';
import { type VerifiedNumber, verifiedNumbers } from './endpoint';

/** Fills the caller ID dropdown with all verified numbers. */
export async function getVerifiedNumbers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
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
	const verified = await fetchList(this, verifiedNumbers);
	const senders = verified.filter(({ number }) => isSmsSender(number));
	if (senders.length > 0) {
		const byModel = choiceOfModel(this, 'SMS_Sender', 'A mobile number that is verified for the account, such as 61412345678');
		return [...byModel, ...entries(senders)];
	}
	throw explained(
		this,
		`None of the ${verified.length} verified numbers of this account can send SMS: a sender is an Australian mobile number and starts with 614. Verify one in the Crazytel portal, then load the list again.`,
	);
}

function entries(numbers: VerifiedNumber[]): INodePropertyOptions[] {
	return numbers
		.map(({ number, name }) => ({
			name: name === undefined ? number : `${number} · ${name}`,
			value: choiceOf(number),
		}))
		.sort((a, b) => a.name.localeCompare(b.name));
}
