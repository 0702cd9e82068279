import { gather } from './gather';

// Random faults, every secret with every fault, and processes that load the engine anew: too slow to be run for each mutant.
gather(['engine', 'reliability', 'trunks'], /^(?:propertiesOf|secrets|ownProcesses)/);
