import { type AnyExtension, Extension } from '@tiptap/core';
import { OrderedList, TaskItem, TaskList } from '@tiptap/extension-list';
import { Placeholder } from '@tiptap/extensions';
import type { Fragment } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import { AddMarkStep, AttrStep, ReplaceAroundStep, ReplaceStep } from '@tiptap/pm/transform';
import { StarterKit } from '@tiptap/starter-kit';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import {
  isPadAttribute,
  isPadMark,
  isPadNode,
  PAD_HEADING_LEVELS,
  PAD_LINK_REL,
  type PadNode,
} from '#shared/records/pad-document.ts';
import { safeHref } from '#shared/text/link.ts';
import { Quotation } from './quotation-node.ts';

/** Levels that the caret may stand deep: half of what the server takes, as pasted things nest below it. */
const CARET_DEPTH_MAX = 18;
/** What a pad may grow to in one go, in positions of the editor's document; the server counts bytes. */
const SIZE_MAX = 700_000;

/** Whether a change brings in only what the server takes: pasted things carry attributes of everywhere. */
function isTaken({ steps, doc }: Transaction): boolean {
  let taken = true;
  const look = (content: Fragment) =>
    content.descendants((node) => {
      const attributes = Object.entries(node.attrs).filter(([, value]) => value !== null);
      taken &&= isPadNode(node.type.name);
      taken &&= attributes.every(([name, value]) => isPadAttribute(node.type.name as PadNode, name, value));
      taken &&= node.marks.every((mark) => isPadMark(mark.type.name, mark.attrs));
      return taken;
    });
  for (const step of steps) {
    if (step instanceof ReplaceStep || step instanceof ReplaceAroundStep) look(step.slice.content);
    else if (step instanceof AttrStep || step instanceof AddMarkStep) look(doc.content);
  }
  return taken;
}

/** Turns down what the server would refuse, so that nobody writes what cannot be kept. What comes from it passes. */
const Bounds = Extension.create({
  name: 'bounds',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        filterTransaction(transaction, state) {
          if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey) !== undefined) return true;
          if (!isTaken(transaction)) return false;
          const grows = transaction.doc.content.size > state.doc.content.size;
          const depth = transaction.selection.$head.depth;
          const deepens = depth > CARET_DEPTH_MAX && depth > state.selection.$head.depth;
          return !grows || (transaction.doc.content.size <= SIZE_MAX && !deepens);
        },
      }),
    ];
  },
});

/** Numbers as the server takes them, whatever a pasted list says of its own. */
const PlainOrderedList = OrderedList.extend({
  addAttributes() {
    return {
      start: { default: 1, parseHTML: (element: HTMLElement) => startOf(element.getAttribute('start')) },
    };
  },
});

function startOf(start: string | null): number {
  const parsed = Number(start);
  return start !== null && isPadAttribute('orderedList', 'start', parsed) ? parsed : 1;
}

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
        HTMLAttributes: { rel: PAD_LINK_REL, target: null, class: null },
      },
      orderedList: false,
    }),
    PlainOrderedList,
    TaskList,
    TaskItem.configure({ nested: true }),
    Quotation.configure({ hrefOf }),
    Placeholder.configure({ placeholder: 'What should the room remember of this book?' }),
    Bounds,
  ];
}
