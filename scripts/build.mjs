import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './next-build.mjs';
import { findNode } from './runtime.mjs';
import { giveUp, say } from './say.mjs';

try {
  await ensureInstalled();
  await ensureBuilt(findNode());
  say('the pages are built.');
} catch (error) {
  giveUp(error);
}
