import { roomFile } from '#server/room-file.ts';
import { restore } from '#server/storage/sqlite/restore.ts';
import { inWords, runCommand, say } from './run-command.ts';

await runCommand('npm run restore -- <file>: names a backup', async ({ env, path, signal, onProgress }) => {
  const file = roomFile(env);
  say(`restoring ${path} to ${file} …`);
  const restored = await restore(path, file, { signal, onProgress, now: new Date() });
  if (restored.movedTo !== null) say(`what was there is kept as ${restored.movedTo}.`);
  say(`${file} is restored: ${inWords(restored)}. Start the server.`);
});
