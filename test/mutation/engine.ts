import { gather } from '../together/gather';
import { together } from '../together/parts';
import { stopAtFirstFailure } from './firstFailure';

stopAtFirstFailure();

// Random faults, every secret with every fault, and processes that load the engine anew: too slow to be run for each mutant.
const TOO_SLOW = /\/(?:propertiesOf|secrets|ownProcesses)/;

// Not what loads n8n in a way of its own: its neighbours would have loaded it before.
gather(['others', 'reliability', 'trunks'].flatMap(together).filter((file) => !TOO_SLOW.test(file)));
