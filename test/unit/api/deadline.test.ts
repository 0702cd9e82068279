import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { withinDeadline } from '../../../nodes/Crazytel/api/deadline';

const forEver = new Promise<never>(() => {});

test('Stop ends also what does not look at its signal', async () => {
	const stop = new AbortController();
	const ending = withinDeadline(stop.signal, async () => await forEver);
	stop.abort();
	await expect(ending).rejects.toBeInstanceOf(Stopped);
});

test('an answer that has come by the time of Stop is not discarded', async () => {
	const stop = new AbortController();
	const ending = withinDeadline(stop.signal, async () => 'an answer');
	stop.abort();
	expect(await ending).toBe('an answer');
});
