import { gather } from './gather';
import { together } from './parts';

gather(together('reliability'));
