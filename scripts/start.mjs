import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './next-build.mjs';
import { inProject } from './project.mjs';
import { runUntilTold } from './run.mjs';
import { findNode } from './runtime.mjs';
import { giveUp, say } from './say.mjs';

try {
  await ensureInstalled();
  const node = findNode();
  await ensureBuilt(node);
  say('starting …');
  runUntilTold(node, [inProject('server', 'index.ts')], { ...process.env, NODE_ENV: 'production' });
} catch (error) {
  giveUp(error);
}
