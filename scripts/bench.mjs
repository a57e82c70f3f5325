import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './next-build.mjs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { findNode } from './runtime.mjs';
import { giveUp } from './say.mjs';

try {
  await ensureInstalled();
  const node = findNode();
  const args = process.argv.slice(2);
  // These need no server and no pages, only texts.
  if (args[0] === 'anchors' || args[0] === 'importing') {
    process.exit(await run(node, [inProject('tests', 'bench', args[0], 'run.ts'), ...args.slice(1)]));
  }
  await ensureBuilt(node);
  const needsBrowser = args.includes('browser') || !args.some((word) => word.startsWith('--scene'));
  const env = needsBrowser ? { ...process.env, LECTERN_CHROMIUM: await ensureBrowser(node) } : process.env;
  process.exit(await run(node, [inProject('tests', 'bench', 'main.ts'), ...args], env));
} catch (error) {
  giveUp(error);
}
