import { describeInterruptedCreates } from './interruptedCreates';
import { describeKilledWorker } from './killedWorker';
import { describePacing } from './pacing';
import { openQueueScene, type QueueScene } from './scene';

describe('in queue mode', () => {
	let scene: QueueScene;
	beforeAll(async () => {
		scene = await openQueueScene();
	});
	afterAll(async () => await scene?.close());

	describePacing(() => scene);
	describeKilledWorker(() => scene);
	describeInterruptedCreates(() => scene);
});
