import { caught } from '../../../nodes/Crazytel/api/caught';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
// Drives the clock of the built node.
import '../../engine/scene';

const { clock: driven } = jest.requireActual<{ clock: typeof clock }>('../../../dist/nodes/Crazytel/api/clock.js');

/** Puts the sources on the clock that drives the built node, so that both have one time. */
export function driveSources(): void {
	Object.assign(clock, driven, {
		async wait(ms: number, signal?: AbortSignal): Promise<void> {
			const waited = await caught(driven.wait(ms, signal));
			if ('value' in waited) return;
			// Stop is known by its class, and the sources have another one than what was built.
			throw signal?.aborted === true ? new Stopped() : waited.error;
		},
	});
}
