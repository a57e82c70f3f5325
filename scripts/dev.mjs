import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { ensureInstalled } from './install.mjs';
import { inProject, projectDir } from './project.mjs';
import { findNode } from './runtime.mjs';
import { giveUp, say } from './say.mjs';
import { serverArguments } from './server-arguments.mjs';

/** Editors write a file in several steps; they count as one change. */
const SETTLE_MS = 150;

try {
  await ensureInstalled();
  serveAndWatch(findNode());
} catch (error) {
  giveUp(error);
}

/** Next reloads pages by itself; the server process starts anew when `server` or `shared` change. */
function serveAndWatch(node) {
  const start = () =>
    spawn(node, serverArguments, {
      cwd: projectDir,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
    });
  let server = start();
  let timer;
  const restart = () => {
    say('the server changed; starting it again …');
    if (server.exitCode !== null || server.signalCode !== null) {
      server = start();
      return;
    }
    server.once('exit', () => {
      server = start();
    });
    server.kill('SIGTERM');
  };
  for (const folder of ['server', 'shared']) {
    watch(inProject(folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(restart, SETTLE_MS);
    });
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      server.removeAllListeners('exit');
      server.once('exit', (code) => process.exit(code ?? 0));
      if (server.exitCode !== null || !server.kill(signal)) process.exit(0);
    });
  }
}
