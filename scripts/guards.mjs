import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { findNode } from './runtime.mjs';
import { giveUp } from './say.mjs';

try {
  await ensureInstalled();
  const node = findNode();
  const env = { ...process.env, LECTERN_CHROMIUM: await ensureBrowser(node), NEXT_TELEMETRY_DISABLED: '1' };
  process.exit(await run(node, [inProject('tests', 'guards', 'main.ts'), ...process.argv.slice(2)], env));
} catch (error) {
  giveUp(error);
}
