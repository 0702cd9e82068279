/** Who waits for a place. */
export interface Waiter {
	/** Whose request it is: those of one owner are let through in their order. */
	owner: object;
	/** Whether it was sent before and refused, so that it goes before the others. */
	isAgain: boolean;
}

/** Those who wait, in the order in which they are let through. */
export interface Turns<W extends Waiter> {
	add(waiter: W): void;
	/** Somebody who does not want to wait any more, or has been let through. */
	remove(waiter: W): void;
	/** The next one; stays in the queue. */
	next(): W | undefined;
	/** The next one is let through. */
	take(): W | undefined;
	/** How many wait. */
	readonly size: number;
}

/**
 * Owners take turns, so that a single request does not wait behind the hundreds of another execution. One that
 * has had no turn yet is the next, but two of them in a row only where nobody else waits: a stream of
 * small executions does not hold up a long one. One that was refused goes before them, but not twice in a row before
 * those of an owner of which none was refused: it may be only some kind of request that is.
 */
export function createTurns<W extends Waiter>(): Turns<W> {
	let again: W[] = [];
	/** By owner, in the order of their turns. */
	const newcomers = new Map<object, W[]>();
	const regulars = new Map<object, W[]>();
	/** Owners that have had a turn. */
	const known = new WeakSet<object>();
	let wasNewcomer = false;
	let wasAgain = false;

	/** Whose turn it is, among those who wait for the first time. */
	const line = (): Map<object, W[]> =>
		regulars.size === 0 || (newcomers.size > 0 && !wasNewcomer) ? newcomers : regulars;
	const firstOf = (lines: Map<object, W[]>, refused?: ReadonlySet<object>): W | undefined => {
		for (const [owner, [first]] of lines) if (refused?.has(owner) !== true) return first;
		return undefined;
	};
	const firstOfOthers = (): W | undefined => {
		const refused = new Set(again.map(({ owner }) => owner));
		return firstOf(line(), refused) ?? firstOf(newcomers, refused) ?? firstOf(regulars, refused);
	};
	const next = (): W | undefined =>
		(wasAgain && again.length > 0 ? firstOfOthers() : undefined) ?? again[0] ?? firstOf(line());
	const drop = (lines: Map<object, W[]>, waiter: W): void => {
		const left = lines.get(waiter.owner)?.filter((other) => other !== waiter) ?? [];
		if (left.length === 0) lines.delete(waiter.owner);
		else lines.set(waiter.owner, left);
	};
	const remove = (waiter: W): void => {
		again = again.filter((other) => other !== waiter);
		drop(newcomers, waiter);
		drop(regulars, waiter);
	};

	return {
		add(waiter) {
			if (waiter.isAgain) {
				again.push(waiter);
				return;
			}
			const lines = known.has(waiter.owner) ? regulars : newcomers;
			const own = lines.get(waiter.owner);
			if (own === undefined) lines.set(waiter.owner, [waiter]);
			else own.push(waiter);
		},
		remove,
		next,
		take() {
			const waiter = next();
			if (waiter === undefined) return undefined;
			remove(waiter);
			wasAgain = waiter.isAgain;
			if (wasAgain) return waiter;
			wasNewcomer = !known.has(waiter.owner);
			known.add(waiter.owner);
			// Its next one waits behind those of all others.
			const left = newcomers.get(waiter.owner) ?? regulars.get(waiter.owner);
			newcomers.delete(waiter.owner);
			regulars.delete(waiter.owner);
			if (left !== undefined) regulars.set(waiter.owner, left);
			return waiter;
		},
		get size() {
			return (
				again.length +
				[newcomers, regulars].reduce(
					(sum, lines) => sum + [...lines.values()].reduce((all, { length }) => all + length, 0),
					0,
				)
			);
		},
	};
}
