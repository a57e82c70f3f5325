import { parentPort, workerData } from 'node:worker_threads';
import { ReAnchoring } from '#shared/anchoring/re-anchor.ts';
import type { CarryOrder, CarryReport } from './carry-messages.ts';

// Started by `carry.ts`, which wrote `workerData` from records that were parsed when they came.
const { before, after, anchors, positions, stretches } = workerData as CarryOrder;
const carrying = new ReAnchoring(before, after);
const report: CarryReport = {
  anchors: anchors.map((anchor) => carrying.carry(anchor)),
  positions: positions.map((position) => carrying.carryPosition(position)),
  stretches: stretches.map((stretch) => carrying.carryStretch(stretch)),
  changed: carrying.changedBlocks().length,
};
// A thread's port, not a window: there is no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(report);
