import { Check, CloudOff, RefreshCw } from 'lucide-react';
import { Icon } from '#components/ui/icon.tsx';
import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { PadSaving } from './pad-session.ts';

const closedWords: Record<number, string> = {
  [closeCodes.notFound]: 'The book has left the shelf, and its pad with it.',
  [closeCodes.readOnly]: 'You cannot write here now. What you wrote last is kept on this device.',
  [closeCodes.outdated]: 'A newer version of this room is running. Reload to go on.',
  [closeCodes.tooMany]: 'This pad is open in too many tabs. Close some, then reload this one.',
};

/** How it stands with what one wrote, in words. */
export function SavingLine({ saving, readOnly }: { saving: PadSaving; readOnly: boolean }) {
  return (
    <p className="pad-saving caption" role="status" data-saving={saving.state}>
      {wordsOf(saving, readOnly)}
    </p>
  );
}

function wordsOf(saving: PadSaving, readOnly: boolean) {
  switch (saving.state) {
    case 'opening':
      return 'Opening …';
    case 'saved':
      return readOnly ? null : (
        <>
          <Icon of={Check} /> Saved
        </>
      );
    case 'saving':
      return (
        <>
          <Icon of={RefreshCw} /> Saving …
        </>
      );
    case 'offline':
      return (
        <>
          <Icon of={CloudOff} />{' '}
          {readOnly
            ? 'No connection. This may be older than it looks.'
            : saving.unsaved
              ? 'No connection. What you wrote is kept on this device and comes along when you are back.'
              : 'No connection. Write on: it is kept on this device.'}
        </>
      );
    default:
      return closedWords[saving.code] ?? 'The pad cannot be written from here now. Reload the page to try again.';
  }
}
