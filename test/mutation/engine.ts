import { addEventHandler } from 'jest-circus';

import { gather } from '../together/gather';
import { testsIn } from '../together/parts';

// One failure is enough to notice a mutant, and jest itself bails out only between files.
let hasFailed = false;
addEventHandler((event) => {
	if (event.name === 'test_fn_failure' || event.name === 'hook_failure') hasFailed = true;
	if (event.name === 'test_start' && hasFailed) event.test.mode = 'skip';
});

// Random faults, every secret with every fault, and processes that load the engine anew: too slow to be run for each mutant.
const TOO_SLOW = /\/(?:propertiesOf|secrets|ownProcesses)/;

gather(testsIn(['engine', 'reliability', 'trunks']).filter((file) => !TOO_SLOW.test(file)));
