import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './next-build.mjs';
import { runUntilTold } from './run.mjs';
import { findNode } from './runtime.mjs';
import { giveUp, say } from './say.mjs';
import { serverArguments } from './server-arguments.mjs';

try {
  await ensureInstalled();
  const node = findNode();
  await ensureBuilt(node);
  say('starting …');
  runUntilTold(node, serverArguments, { ...process.env, NODE_ENV: 'production' });
} catch (error) {
  giveUp(error);
}
