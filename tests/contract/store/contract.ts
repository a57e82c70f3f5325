import { describe } from 'vitest';
import { checksClosing } from './closing.ts';
import { checksCommits } from './commits.ts';
import { checksDevices } from './devices.ts';
import { checksDocuments } from './documents.ts';
import { checksForgetting } from './forgetting.ts';
import { checksMargin } from './margin.ts';
import { checksPads } from './pads.ts';
import { checksPictures } from './pictures.ts';
import { checksPlacesAndSessions } from './places-and-sessions.ts';
import { checksRooms } from './rooms.ts';
import { checksShelf } from './shelf.ts';
import { furnished, type StoreUnderTest } from './furnished.ts';

/** What every engine's store must do. Each engine's own test file calls this with a way to open it. */
export function storeContract(engine: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store on ${engine}`, () => {
    const it = furnished(open);
    checksRooms(it);
    checksShelf(it);
    checksPictures(it);
    checksPads(it);
    checksMargin(it);
    checksPlacesAndSessions(it);
    checksDocuments(it);
    checksCommits(it);
    checksDevices(it);
    checksForgetting(it);
    checksClosing(it);
  });
}
