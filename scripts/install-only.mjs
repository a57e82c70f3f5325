import { ensureInstalled } from './install.mjs';
import { giveUp, say } from './say.mjs';

try {
  await ensureInstalled();
  say('everything is installed.');
} catch (error) {
  giveUp(error);
}
