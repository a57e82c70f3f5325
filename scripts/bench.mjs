import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './next-build.mjs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { findNode } from './runtime.mjs';
import { giveUp } from './say.mjs';

try {
  await ensureInstalled();
  const node = findNode();
  await ensureBuilt(node);
  process.exit(await run(node, [inProject('tests', 'bench', 'main.ts'), ...process.argv.slice(2)]));
} catch (error) {
  giveUp(error);
}
