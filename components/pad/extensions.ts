import { type AnyExtension, Extension } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Placeholder } from '@tiptap/extensions';
import { Plugin } from '@tiptap/pm/state';
import { StarterKit } from '@tiptap/starter-kit';
import { PAD_HEADING_LEVELS } from '#shared/records/pad-document.ts';
import { safeHref } from '#shared/text/link.ts';
import { Quotation } from './quotation-node.ts';

/** Levels that the caret may stand deep: half of what the server takes, as pasted things nest below it. */
const CARET_DEPTH_MAX = 18;
/** What a pad may grow to in one go, in positions of the editor's document; the server counts bytes. */
const SIZE_MAX = 700_000;

/** Turns down what the server would refuse, so that nobody writes what cannot be kept. */
const Bounds = Extension.create({
  name: 'bounds',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        filterTransaction: (transaction, state) =>
          !transaction.docChanged ||
          transaction.doc.content.size <= state.doc.content.size ||
          (transaction.doc.content.size <= SIZE_MAX &&
            (transaction.selection.$head.depth <= CARET_DEPTH_MAX ||
              transaction.selection.$head.depth <= state.selection.$head.depth)),
      }),
    ];
  },
});

/**
 * What the pad is made of, as `shared/records/pad-document.ts` lists it: a unit test holds the two against each other.
 * Undo comes with the collaboration, which knows whose edits are whose.
 */
export function padExtensions(hrefOf: (chapter: string | null, at: string | null) => string | null): AnyExtension[] {
  return [
    StarterKit.configure({
      codeBlock: false,
      undoRedo: false,
      // Each browser would add an empty line of its own.
      trailingNode: false,
      heading: { levels: [...PAD_HEADING_LEVELS] },
      link: {
        openOnClick: 'whenNotEditable',
        autolink: true,
        defaultProtocol: 'https',
        isAllowedUri: (uri) => safeHref(uri) !== null,
        shouldAutoLink: (uri) => safeHref(uri) !== null || safeHref(`https://${uri}`) !== null,
        HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: null, class: null },
      },
    }),
    TaskList,
    TaskItem.configure({ nested: true }),
    Quotation.configure({ hrefOf }),
    Placeholder.configure({ placeholder: 'What should the room remember of this book?' }),
    Bounds,
  ];
}
