import type { Account } from './account';
import type { Switches } from './switches';

/** What is left after all that was bought and sent, in dollars. */
export function balanceOf({ spent }: Pick<Account, 'spent'>, { balance }: Pick<Switches, 'balance'>): number {
	return balance - spent;
}

/** The balance in the shape that the switches ask for (docs/crazytel-api.md, "Endpoints"). */
export function balanceAnswer(account: Pick<Account, 'accountCode' | 'spent'>, switches: Switches): object {
	const answer = { account_code: account.accountCode, balance: balanceOf(account, switches) };
	switch (switches.balanceShape) {
		case 'documented':
			return answer;
		case 'texts':
			return { ...answer, balance: String(answer.balance) };
		case 'wrapped':
			return { account: answer };
		case 'missing':
			return { account_code: account.accountCode };
	}
}
