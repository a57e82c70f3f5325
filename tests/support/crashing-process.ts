import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEachPoint } from './crash-points.ts';

/**
 * The server of `server-process.ts`, which kills itself at the point that its parent chooses: `{ dieAt: n }` lets it live
 * through n points from that moment on, and is answered with the same. It leaves a note of what it was about to do.
 */
let left: number | null = null;
atEachPoint((about) => {
  if (left === null) return;
  left -= 1;
  if (left >= 0) return;
  writeFileSync(join(process.env.DATA_DIR ?? '', 'died-before'), about);
  process.kill(process.pid, 'SIGKILL');
});
process.on('message', (message: { dieAt: number | null }) => {
  left = message.dieAt;
  process.send?.(message);
});
await import('./server-process.ts');
