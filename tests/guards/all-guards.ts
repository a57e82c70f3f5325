import { authorityByModel } from './authority-by-model.ts';
import { authorityOnSockets } from './authority-on-sockets.ts';
import { away } from './away.ts';
import { eBooks } from './e-books.ts';
import { floods } from './floods.ts';
import { frames } from './frames.ts';
import type { Guard } from './guard.ts';
import { httpDoors } from './http-doors.ts';
import { importedFiles } from './imported-files.ts';
import { onThePage } from './on-the-page.ts';
import { padSockets } from './pad-sockets.ts';
import { padStore } from './pad-store.ts';
import { padUpdates } from './pad-updates.ts';
import { padVersions } from './pad-versions.ts';
import { presence } from './presence.ts';
import { processFaults } from './process-faults.ts';
import { readOnlyDocuments } from './read-only-documents.ts';
import { rules } from './rules.ts';
import { slowAndSilent } from './slow-and-silent.ts';
import { socketDoors } from './socket-doors.ts';
import { storeFaults } from './store-faults.ts';

/** Every guard that is listed. */
export const guards: readonly Guard[] = [
  ...authorityOnSockets,
  ...authorityByModel,
  ...rules,
  ...frames,
  ...floods,
  ...slowAndSilent,
  ...presence,
  ...away,
  ...onThePage,
  ...storeFaults,
  ...processFaults,
  ...socketDoors,
  ...readOnlyDocuments,
  ...httpDoors,
  ...padUpdates,
  ...padSockets,
  ...padStore,
  ...padVersions,
  ...eBooks,
  ...importedFiles,
];
