import type { Switches } from './switches';

/** The balance in the shape that the switches ask for (docs/crazytel-api.md, "Endpoints"). */
export function balanceAnswer(accountCode: string, { balance, balanceShape }: Switches): object {
	switch (balanceShape) {
		case 'documented':
			return { account_code: accountCode, balance };
		case 'texts':
			return { account_code: accountCode, balance: String(balance) };
		case 'wrapped':
			return { account: { account_code: accountCode, balance } };
		case 'missing':
			return { account_code: accountCode };
	}
}
