import { operate } from './operate.mjs';
import { giveUp } from './say.mjs';

// Nothing is installed here: a server may be running on what is.
try {
  operate('backup');
} catch (error) {
  giveUp(error);
}
