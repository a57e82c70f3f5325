import { LocateFixed } from 'lucide-react';
import { useSlice } from '#components/room/room-provider.tsx';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useAct } from '#components/room/use-act.ts';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import type { AnnotationId } from '#shared/records/ids.ts';
import { useReading } from './reading-context.tsx';
import type { Selected } from './use-selected.ts';

/** Instead of what else can be done with selected words, while a note that lost its own is given these. */
export function PlacingBar({ selected, placing }: { selected: Selected; placing: AnnotationId }) {
  const passage = useSlice(selected);
  const { lost } = useMargin();
  const { chapter, setPlacing, choose } = useReading();
  const act = useAct();
  if (!lost.has(placing)) return null;
  const put = async () => {
    if (passage === null) return;
    const done = await act({
      kind: 'annotation.reattach',
      annotation: placing,
      chapter: chapter.id,
      passage,
      hash: chapter.hash,
    });
    if (!done) return;
    document.getSelection()?.removeAllRanges();
    setPlacing(null);
    choose(placing);
  };
  return (
    <div className="placing slip" role="toolbar" aria-label="Where the note belongs" tabIndex={-1}>
      <span>{passage === null ? 'Select the words that this note belongs to.' : 'To these words?'}</span>
      {passage === null ? null : (
        <Button
          kind="primary"
          size="small"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => void put()}
        >
          <Icon of={LocateFixed} /> Put it here
        </Button>
      )}
      <Button kind="plain" size="small" onClick={() => setPlacing(null)}>
        Cancel
      </Button>
    </div>
  );
}
