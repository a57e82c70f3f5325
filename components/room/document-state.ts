import type { MarginRecords } from '#shared/records/margin-document.ts';

/** What one document of a chapter holds, as plain values. `synced` is true once the server's whole state has arrived. */
export interface DocumentState {
  records: MarginRecords;
  synced: boolean;
}

export const emptyDocument: DocumentState = {
  records: { annotations: new Map(), replies: new Map(), reactions: new Map() },
  synced: false,
};
