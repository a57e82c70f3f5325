import { mergeAttributes, Node } from '@tiptap/core';
import { isPadAttribute } from '#shared/records/pad-document.ts';

interface QuotationOptions {
  /** Where a passage of this room is read; null where a quotation says nothing of it. */
  hrefOf: (chapter: string | null, at: string | null) => string | null;
}

/** What a pasted figure says counts only where the server would take it. */
const attribute = (name: 'source' | 'chapter' | 'at') => ({
  default: null,
  parseHTML: (element: HTMLElement) => {
    const value = element.getAttribute(`data-${name}`);
    return isPadAttribute('quotation', name, value) ? value : null;
  },
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: attributes[name] }),
});

/** Words of the book, with where they come from and the way back. Attributes as in `shared/records/pad-document.ts`. */
export const Quotation = Node.create<QuotationOptions>({
  name: 'quotation',
  group: 'block',
  content: 'block+',
  defining: true,

  addOptions() {
    return { hrefOf: () => null };
  },

  addAttributes() {
    return {
      source: { ...attribute('source'), default: '' },
      chapter: attribute('chapter'),
      at: attribute('at'),
    };
  },

  parseHTML() {
    return [{ tag: 'figure[data-source]', contentElement: 'blockquote' }];
  },

  renderHTML({ node, HTMLAttributes }) {
    const { source, chapter, at } = node.attrs as { source: string; chapter: string | null; at: string | null };
    const href = this.options.hrefOf(chapter, at);
    return [
      'figure',
      mergeAttributes(HTMLAttributes, { class: 'pad-quotation' }),
      ['blockquote', 0],
      ['figcaption', { contenteditable: 'false' }, href === null ? ['span', source] : ['a', { href }, source]],
    ];
  },
});
