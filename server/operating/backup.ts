import { roomFile } from '#server/room-file.ts';
import { backUp } from '#server/storage/sqlite/back-up.ts';
import { inWords, runCommand, say } from './run-command.ts';

await runCommand('npm run backup -- <file>: names the file to write', async ({ env, path, signal, onProgress }) => {
  const file = roomFile(env);
  say(`copying ${file} …`);
  const contents = await backUp(file, path, { signal, onProgress });
  say(`${path} is whole, checked and on disk: ${inWords(contents)}.`);
});
