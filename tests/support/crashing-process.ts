import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEachPoint } from './crash-points.ts';
import { forgetPages } from './open-databases.ts';

/**
 * The server of `server-process.ts`, which kills itself at the point that its parent chooses: `{ dieAt: n }` lets it live
 * through n points from that moment on, and is answered with the same. It leaves a note of what it was about to do. With
 * `{ forget: file }` it forgets what it has read of its store.
 */
type Wish = { dieAt: number | null } | { forget: string };

let left: number | null = null;
atEachPoint((about) => {
  if (left === null) return;
  left -= 1;
  if (left >= 0) return;
  writeFileSync(join(process.env.DATA_DIR ?? '', 'died-before'), about);
  process.kill(process.pid, 'SIGKILL');
});
process.on('message', (wish: Wish) => {
  if ('dieAt' in wish) left = wish.dieAt;
  else forgetPages(wish.forget);
  process.send?.(wish);
});
await import('./server-process.ts');
