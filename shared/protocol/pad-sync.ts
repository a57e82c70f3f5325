/**
 * `/sync/{room}/pad/{book}?protocol=…&client=…&lineage=…`: the y-websocket protocol, both ways, and one message of our own.
 *
 * `protocol` is `PROTOCOL_VERSION`. `client` is the Yjs client id of the browser's document, a whole number below 2^32: the first member who names one has
 * it. `lineage` is what the browser's copy descends from, when it has one. Each side begins with sync step 1 and answers
 * with step 2; updates follow. The server sends only what is on its disk, in its own encoding.
 *
 *     padSaved := 100 • varUint(writes) • varString(lineage)
 *
 * comes once after the server's step 1 (`writes` is then 0), and whenever more of this socket's updates are on disk: so
 * many of them, counted over step 2 and update messages that were not empty.
 *
 * Awareness goes up for the socket's own client id alone, and is `{"cursor": …}` as y-tiptap writes it. It comes down as
 * `{"member": id, "cursor": …}`: whose it is says the server.
 */
export const PAD_SAVED = 100;

export const CLIENT_ID_MAX = 2 ** 32 - 1;
