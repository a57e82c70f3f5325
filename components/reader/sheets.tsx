import { comesLater } from '#components/ui/comes-later.tsx';
import { Coming } from '#components/ui/coming.tsx';
import { TypedAhead } from '#components/ui/typed-ahead.tsx';
import { useEver } from '#components/ui/use-ever.ts';

const coming = <Coming />;
const SearchSheet = comesLater(
  async () => (await import('./search-sheet.tsx')).SearchSheet,
  <>
    <Coming />
    <TypedAhead />
  </>,
);
const PageSettings = comesLater(async () => (await import('./page-settings.tsx')).PageSettings, coming);
const ContentsSheet = comesLater(async () => (await import('./contents-sheet.tsx')).ContentsSheet, coming);
const KeysSheet = comesLater(async () => (await import('./keys-sheet.tsx')).KeysSheet, coming);
const ReviseDialog = comesLater(async () => (await import('./revise-dialog.tsx')).ReviseDialog, coming);

export type SheetName = 'contents' | 'settings' | 'keys' | 'revise';

interface SheetsProps {
  sheet: SheetName | null;
  searching: boolean;
  onClose: () => void;
}

/**
 * What is opened over the page or beside it: one sheet at a time, and the search. A dialog stays once it was there, so that it
 * can go as it came.
 */
export function Sheets({ sheet, searching, onClose }: SheetsProps) {
  const contents = useEver(sheet === 'contents');
  const keys = useEver(sheet === 'keys');
  const revise = useEver(sheet === 'revise');
  const change = (open: boolean) => (open ? undefined : onClose());
  return (
    <>
      {searching && sheet !== 'settings' ? <SearchSheet /> : null}
      {sheet === 'settings' ? <PageSettings onClose={onClose} /> : null}
      {contents ? <ContentsSheet open={sheet === 'contents'} onOpenChange={change} /> : null}
      {keys ? <KeysSheet open={sheet === 'keys'} onOpenChange={change} /> : null}
      {revise ? <ReviseDialog open={sheet === 'revise'} onOpenChange={change} /> : null}
    </>
  );
}
