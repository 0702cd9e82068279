import { gather } from '../together/gather';
import { testsIn } from '../together/parts';
import { stopAtFirstFailure } from './firstFailure';

stopAtFirstFailure();

// Random faults, every secret with every fault, and processes that load the engine anew: too slow to be run for each mutant.
const TOO_SLOW = /\/(?:propertiesOf|secrets|ownProcesses)/;

gather(testsIn(['engine', 'reliability', 'trunks']).filter((file) => !TOO_SLOW.test(file)));
