/** So many accounts are remembered at once, beside those that are in use. */
const MOST = 1_000;

/**
 * What this process knows of each account outlives a run. Of many accounts the ones that were not asked for the
 * longest are forgotten, unless what is known of them still counts.
 *
 * @returns gives what is known of an account, or begins anew; the account by whatever tells it apart and reveals nothing
 */
export function byAccount<Known extends { readonly isInUse: boolean }>(begin: () => Known): (account: string) => Known {
	const all = new Map<string, Known>();
	return (account) => {
		const known = all.get(account) ?? begin();
		all.delete(account);
		all.set(account, known);
		for (const [oldest, { isInUse }] of all) {
			if (all.size <= MOST) break;
			if (!isInUse && oldest !== account) all.delete(oldest);
		}
		return known;
	};
}
