import { ensureInstalled } from './install.mjs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { findNode } from './runtime.mjs';
import { giveUp } from './say.mjs';

try {
  await ensureInstalled();
  process.exit(await run(findNode(), [inProject('tests', 'guards', 'main.ts'), ...process.argv.slice(2)], process.env));
} catch (error) {
  giveUp(error);
}
