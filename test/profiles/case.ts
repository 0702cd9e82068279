import type { Account, Change, Said } from './account';

/** Something that the node promises, and that may not be possible as the API turns out to be. */
export interface ContractCase {
	/** By this a profile says that it is not possible. */
	name: string;
	/** What may change in the account, whatever comes of it; by default nothing. */
	may?: Change;
	/**
	 * Plays it, and expects that what is called done is so.
	 *
	 * @returns what was said last: done, or why not
	 */
	play(account: Account): Promise<Said>;
}
