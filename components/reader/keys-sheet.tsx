import { Dialog } from '#components/ui/dialog.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { Tick } from '#components/ui/tick.tsx';
import { setLook, useLook } from './look-store.ts';

interface KeyGroup {
  title: string;
  lectern?: boolean;
  keys: readonly (readonly [what: string, ...keys: string[]])[];
}

const groups: readonly KeyGroup[] = [
  {
    title: 'Read',
    keys: [
      ['Next, previous paragraph', 'J', 'K'],
      ['On by a screen', 'Space'],
      ['Contents', 'C'],
      ['Search the book', '/'],
      ['Next, previous place found', 'Enter', 'Shift', 'Enter'],
      ['Larger, smaller', '+', '−'],
    ],
  },
  {
    title: 'Mark and write',
    keys: [
      ['Select the sentence', 'S'],
      ['Select the paragraph', 'Shift', 'S'],
      ['Longer, shorter by a word', '→', '←'],
      ['Longer, shorter by a sentence', '↓', '↑'],
      ['Highlight in that ink', '1', '–', '5'],
      ['Highlight in the last ink', 'H'],
      ['Write a note', 'N'],
      ['Write in pencil', 'P'],
      ['Copy with its source', 'C'],
      ['Copy a link to it', 'L'],
      ['To the selection bar', 'Tab'],
    ],
  },
  {
    title: 'The margin',
    keys: [
      ['Next, previous note', ']', '['],
      ['Next unread', 'U'],
      ['Open the thread', 'Enter'],
      ['Post it', 'Ctrl', 'Enter'],
      ['Back to the text', 'Esc'],
    ],
  },
  { title: 'Together', lectern: true, keys: [['Leave the lectern’s side', 'Esc']] },
  {
    title: 'Everywhere',
    keys: [
      ['This sheet', '?'],
      ['Close what is open', 'Esc'],
    ],
  },
];

/** Every key there is, and the switch that lets letters be letters. */
export function KeysSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { letterKeys } = useLook();
  return (
    <Dialog title="Keys" open={open} onOpenChange={onOpenChange} wide>
      <div className="keysheet keys-in-dialog">
        <p className="caption">They rest while you type.</p>
        <div className="keygrid">
          {groups.map((group) => (
            <div key={group.title}>
              <h3 className="sc keys-title">
                {group.lectern ? <Manicule /> : null} {group.title}
              </h3>
              <ul>
                {group.keys.map(([what, ...keys]) => (
                  <li key={what}>
                    <span>{what}</span>
                    <span className="keys">
                      {keys.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
        <footer>
          <Tick checked={!letterKeys} onChange={(event) => setLook({ letterKeys: !event.target.checked })}>
            Letter keys off
          </Tick>
        </footer>
      </div>
    </Dialog>
  );
}
