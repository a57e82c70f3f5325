/** What elements may bring along beside their words: where they lead, how they count, and where a quotation comes from. */
const kept: Readonly<Record<string, readonly string[]>> = {
  A: ['href'],
  OL: ['start'],
  UL: ['data-type'],
  LI: ['data-type', 'data-checked'],
  FIGURE: ['data-source', 'data-chapter', 'data-at'],
};

/** Pasted HTML without everything that says how it should look or behave; the editor then reads what it knows. */
export function plainPaste(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      // ProseMirror's own mark of what was cut out of a list or a quotation.
      if (name !== 'data-pm-slice' && !kept[element.tagName]?.includes(name)) element.removeAttribute(name);
    }
  }
  return body.innerHTML;
}
