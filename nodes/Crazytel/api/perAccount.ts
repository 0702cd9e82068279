/** So many accounts are remembered at once, beside those that are in use. */
const MOST = 1_000;

/** So many of the oldest are looked at each time: more than one, so that many become fewer again. */
const LOOKED_AT = 10;

/**
 * What this process knows of each account outlives a run. Of many accounts the ones that were not asked for the
 * longest are forgotten, unless what is known of them still counts.
 *
 * @returns gives what is known of an account, or begins anew with the rest of its arguments; the account by whatever
 *   tells it apart and reveals nothing
 */
export function byAccount<Known extends { readonly isInUse: boolean }, Rest extends unknown[]>(
	begin: (...rest: Rest) => Known,
): (account: string, ...rest: Rest) => Known {
	const all = new Map<string, Known>();
	/** Looks at few, so that it costs the same where very many are in use. */
	const forgetOldest = (): void => {
		let looked = 0;
		for (const [oldest, one] of all) {
			if (all.size <= MOST || looked++ >= LOOKED_AT) break;
			all.delete(oldest);
			if (one.isInUse) all.set(oldest, one);
		}
	};
	return (account, ...rest) => {
		const known = all.get(account) ?? begin(...rest);
		all.delete(account);
		all.set(account, known);
		forgetOldest();
		return known;
	};
}
