import type { StoredPicture } from '#server/storage/store.ts';
import type { ApiContext } from './context.ts';

/** Opened by itself in a tab a picture may show itself and do nothing else. */
const PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
/** What has this hash never changes. Only in the asker's own cache: others who share a proxy are not in the room. */
const PICTURE_CACHE = 'private, max-age=31536000, immutable';

/** A picture as it is sent: with its type, a policy that lets it do nothing, and to be kept by the asker only. */
export function pictureAnswer(c: ApiContext, picture: StoredPicture) {
  c.header('Content-Type', picture.type);
  c.header('Cache-Control', PICTURE_CACHE);
  c.header('Content-Security-Policy', PICTURE_POLICY);
  return c.body(new Uint8Array(picture.bytes), 200);
}
