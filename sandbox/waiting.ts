/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** The sandbox was reset or closed while an answer was held back. */
export class WaitCalledOff extends Error {}

/** Waits so many milliseconds; rejects with WaitCalledOff when all waits are called off. */
export type Wait = (ms: number) => Promise<void>;

/** Waits that can be called off together, so that no timer outlives the sandbox. */
export function createWaiting(): { wait: Wait; callOff: () => void } {
	const callOffs = new Set<() => void>();

	const wait: Wait = async (ms) => {
		if (ms === 0) return;
		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				callOffs.delete(callOff);
				resolve();
			}, ms);
			const callOff = () => {
				clearTimeout(timer);
				reject(new WaitCalledOff());
			};
			callOffs.add(callOff);
		});
	};

	return {
		wait,
		callOff() {
			for (const callOff of callOffs) callOff();
			callOffs.clear();
		},
	};
}
