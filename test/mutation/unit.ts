import { gather } from '../together/gather';
import { testsIn, together } from '../together/parts';
import { stopAtFirstFailure } from './firstFailure';

stopAtFirstFailure();

// As one file, like `npm test` runs them: each mutant would wait for n8n once for each file otherwise.
gather([...['api', 'run', 'resources'].flatMap(together), ...testsIn(['unit/triggers'])]);
