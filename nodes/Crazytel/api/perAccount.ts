/** So many accounts are remembered at once, beside those that are in use. */
const MOST = 1_000;

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
	return (account, ...rest) => {
		const known = all.get(account) ?? begin(...rest);
		all.delete(account);
		all.set(account, known);
		for (const [oldest, one] of all) {
			if (all.size <= MOST) break;
			if (!one.isInUse && oldest !== account) all.delete(oldest);
		}
		return known;
	};
}
