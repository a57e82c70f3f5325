import { ensureInstalled } from './install.mjs';
import { operate } from './operate.mjs';
import { giveUp } from './say.mjs';

try {
  await ensureInstalled();
  operate('restore');
} catch (error) {
  giveUp(error);
}
