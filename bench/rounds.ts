/** One of the ways to do a job, ready to do it once. */
export interface Contestant<Result> {
	arm: string;
	run(): Promise<Result>;
}

/**
 * Lets the arms take turns, each round in another order, so that what the machine does meanwhile
 * meets all of them.
 *
 * @param warmUps rounds whose results are dropped
 * @returns the results of each arm, in the order of the rounds
 */
export async function takeTurns<Result>(
	contestants: Array<Contestant<Result>>,
	{ rounds, warmUps }: { rounds: number; warmUps: number },
): Promise<Map<string, Result[]>> {
	const results = new Map<string, Result[]>(contestants.map(({ arm }) => [arm, []]));
	for (let round = 0; round < warmUps + rounds; round++) {
		const first = round % contestants.length;
		for (const { arm, run } of [...contestants.slice(first), ...contestants.slice(0, first)]) {
			const result = await run();
			if (round >= warmUps) results.get(arm)?.push(result);
		}
	}
	return results;
}
