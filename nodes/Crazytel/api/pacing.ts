import { caught } from './caught';
import { clock, Stopped, until } from './clock';
import { byAccount } from './perAccount';
import { createRefusals } from './refusals';
import { createTurns, type Waiter } from './turns';

/**
 * A place in the window is free again so long after its answer, in milliseconds. Half a second longer than the
 * server's minute: in that time it is free for other processes and programs, which know nothing of this one.
 */
const WINDOW_MS = 60_500;

/**
 * Where the limit holds up what is sent, requests keep a distance, which grows to this part of the time between
 * two of them at full speed. Else all of a minute would go in one burst for ever, and a newcomer in another process
 * would have to hit that second. It costs a long run a quarter of a minute, once.
 */
const WIDEST_DISTANCE = 0.25;
/** By how much it grows with each minute. */
const WIDER_EACH_MINUTE = 0.066;

/** A request that was let through. */
export interface Place {
	/** How long it waited to be let through, in milliseconds. */
	waitedMs: number;
	/**
	 * To be called once, when the request has ended.
	 *
	 * @param wasAnswered with anything but a 429; where no answer came it may stand in the window, and says nothing of the limit
	 */
	leave(wasAnswered: boolean): void;
	/**
	 * To be called instead of `leave` when the answer was 429. It takes a place like any other, because on some
	 * servers it does; and nobody is let in for a while.
	 *
	 * @param retryAfterMs what the server asked for
	 * @returns whether it is worth sending again: not where nothing of this account was let through for ten minutes
	 */
	leaveLimited(retryAfterMs: number | undefined): boolean;
	/** To be called instead of `leave` when nothing was sent: the place is free for the next one. */
	giveBack(): void;
}

/** Who asks to be let through. */
export interface Entrant {
	/** Whose request it is; owners take turns. */
	owner: object;
	/** How many requests may stand in any 60 seconds; 0 for no limit. The pause after a 429 holds without one, too. */
	perMinute: number;
	/** Whether it was refused before: it has kept its place in the queue. */
	isAgain?: boolean;
	signal?: AbortSignal | undefined;
}

/** The requests of one account, from all nodes of this process. */
export interface Window {
	/**
	 * Waits to be let through.
	 *
	 * @throws Stopped
	 */
	enter(entrant: Entrant): Promise<Place>;
	/** Whether it has to be kept, because somebody is in it or what it knows still counts. */
	readonly isInUse: boolean;
}

/** The window of an account; every caller with the same account shares it. */
export const windowOf = byAccount(createWindow);

interface Waiting extends Waiter {
	perMinute: number;
	arrivedAt: number;
	place?: Place;
	wake(): void;
}

export function createWindow(): Window {
	let underWay = 0;
	/** When each answered request came to its end, oldest first, and whether it was let through. */
	const ended: Array<{ at: number; isRefused: boolean }> = [];
	const refusals = createRefusals();
	const turns = createTurns<Waiting>();
	/** The one of those who wait that watches the time for all. */
	let watchman: Waiting | undefined;
	let lastSentAt = -Infinity;
	/** Since when requests have had to wait for the limit. */
	let crowdedSince: number | undefined;
	/** Wakes the watchman when a request comes to its end. */
	let onChange = (): void => {};

	const forgetOld = (): void => {
		while (ended[0] !== undefined && ended[0].at + WINDOW_MS <= clock.now()) ended.shift();
	};

	const distance = (perMinute: number): number => {
		if (perMinute === 0 || crowdedSince === undefined) return 0;
		const minutes = Math.ceil((clock.now() - crowdedSince) / 60_000);
		return (Math.min(WIDEST_DISTANCE, WIDER_EACH_MINUTE * minutes) * 60_000) / perMinute;
	};

	/** How long the next one has to wait, in milliseconds; 0 when it may go, Infinity while an answer is awaited. */
	const timeToPlace = (perMinute: number): number => {
		const now = clock.now();
		forgetOld();
		if (refusals.pausedUntil > now) return refusals.pausedUntil - now;
		if (underWay >= refusals.mostUnderWay) return Infinity;
		const free = perMinute === 0 ? Infinity : perMinute - underWay;
		// The youngest of those answered ones that must be over before one more fits.
		const next = ended.length < free ? undefined : ended[ended.length - free];
		if (ended.length >= free) crowdedSince ??= now;
		if (free <= 0) return Infinity;
		return Math.max(0, next === undefined ? 0 : next.at + WINDOW_MS - now, lastSentAt + distance(perMinute) - now);
	};

	const letThrough = (arrivedAt: number): Place => {
		const sentAt = clock.now();
		lastSentAt = sentAt;
		let isOver = false;
		underWay++;
		const end = (): boolean => {
			if (isOver) return false;
			isOver = true;
			underWay--;
			return true;
		};
		return {
			waitedMs: sentAt - arrivedAt,
			leave(wasAnswered) {
				if (!end()) return;
				ended.push({ at: clock.now(), isRefused: false });
				if (wasAnswered) refusals.passed(sentAt);
				onChange();
			},
			leaveLimited(retryAfterMs) {
				if (!end()) return false;
				forgetOld();
				const hasShare = ended.some(({ isRefused }) => !isRefused);
				ended.push({ at: clock.now(), isRefused: true });
				crowdedSince ??= clock.now();
				const nextLeaveAt = (ended[0]?.at ?? clock.now()) + WINDOW_MS;
				const isWorthIt = refusals.refused({
					sentAt,
					retryAfterMs,
					nextLeaveAt,
					hasShare,
					waiting: turns.size + underWay + 1,
				});
				onChange();
				return isWorthIt;
			},
			giveBack() {
				if (!end()) return;
				// Nothing was sent that the next one would have to keep its distance from.
				lastSentAt = -Infinity;
				onChange();
			},
		};
	};

	/** Lets through all who may go now. @returns how long the next one has to wait */
	const serve = (): number => {
		for (let next = turns.next(); next !== undefined; next = turns.next()) {
			const ms = timeToPlace(next.perMinute);
			if (ms > 0) return ms;
			turns.take();
			next.place = letThrough(next.arrivedAt);
			next.wake();
		}
		return 0;
	};

	/** Waits for the next place on behalf of all who wait, or for whatever else changes something for them. */
	const watch = async (me: Waiting, ms: number, signal: AbortSignal | undefined): Promise<void> => {
		// In the moment in which it was woken: a signal does not tell twice.
		if (signal?.aborted) throw new Stopped();
		const alarm = new AbortController();
		const ring = (): void => alarm.abort();
		me.wake = ring;
		onChange = ring;
		signal?.addEventListener('abort', ring);
		await caught(ms === Infinity ? until(new Promise(() => {}), alarm.signal) : clock.wait(ms, alarm.signal));
		signal?.removeEventListener('abort', ring);
		if (signal?.aborted) throw new Stopped();
	};

	/** Waits to be woken by the one who watches. */
	const sleep = async (me: Waiting, signal: AbortSignal | undefined): Promise<void> => {
		await until(new Promise<void>((resolve) => (me.wake = resolve)), signal);
	};

	const waitForPlace = async (me: Waiting, signal: AbortSignal | undefined): Promise<Place> => {
		for (;;) {
			const ms = serve();
			if (me.place !== undefined) return me.place;
			watchman ??= me;
			// It waits for the place of another one, which may come later than this one's.
			if (watchman !== me && turns.next() === me) watchman.wake();
			await (watchman === me ? watch(me, ms, signal) : sleep(me, signal));
		}
	};

	return {
		async enter({ owner, perMinute, isAgain = false, signal }) {
			if (signal?.aborted) throw new Stopped();
			if (turns.size === 0 && underWay === 0) crowdedSince = undefined;
			const me: Waiting = { owner, isAgain, perMinute, arrivedAt: clock.now(), wake: () => {} };
			turns.add(me);
			const waited = await caught(waitForPlace(me, signal));
			turns.remove(me);
			if (watchman === me) watchman = undefined;
			// Also where this one was woken to watch, and stopped in that moment; or was the one that all others had to wait for.
			if (watchman === undefined || 'error' in waited) (watchman ?? turns.next())?.wake();
			if ('value' in waited) return waited.value;
			// Stopped in the moment in which it was let through.
			me.place?.giveBack();
			throw waited.error;
		},
		get isInUse() {
			forgetOld();
			return turns.size > 0 || underWay > 0 || ended.length > 0 || refusals.pausedUntil > clock.now();
		},
	};
}
