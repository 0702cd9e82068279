import { gather } from './gather';

// Random faults and every secret with every fault: too slow to be run for each mutant.
gather(['engine', 'reliability', 'trunks'], /^(?:propertiesOf|secrets)/);
