import { ALT_MAX_CHARS } from '#server/limits.ts';
import type { FigureShape } from './block-writer.ts';
import { attribute, elementsUnder, isElement, isHidden, shownText } from './html-tree.ts';
import type { HtmlElement } from './html-tree.ts';
import type { MarkupReading } from './markup-reading.ts';

/** A picture in mark-up: an `img`, or an `svg` that does nothing but show one, as covers of e-books do. */
export function figureShapeOf(element: HtmlElement, reading: MarkupReading): FigureShape | null {
  if (isHidden(element)) return null;
  if (element.tagName === 'img') {
    return shapeOf(attribute(element, 'src'), attribute(element, 'alt') ?? '', reading);
  }
  if (element.tagName !== 'svg') return null;
  const inside = [...elementsUnder(element)];
  const image = inside.find(({ tagName }) => tagName === 'image');
  if (image === undefined) return null;
  const title = inside.find(({ tagName }) => tagName === 'title');
  const address = attribute(image, 'href') ?? attribute(image, 'xlink:href');
  return shapeOf(address, title === undefined ? '' : shownText(title), reading);
}

function shapeOf(address: string | null, alt: string, reading: MarkupReading): FigureShape | null {
  const picture = address === null ? null : reading.pictureName(address);
  return picture === null ? null : { picture, alt: alt.replace(/\s+/gu, ' ').trim().slice(0, ALT_MAX_CHARS) };
}

export interface CaptionedFigure {
  pictures: FigureShape[];
  caption: HtmlElement | null;
}

/** A `figure` of pictures with nothing beside them but a caption; null for any other. */
export function captionedFigure(figure: HtmlElement, reading: MarkupReading): CaptionedFigure | null {
  const caption = figure.childNodes.filter((node) => isElement(node)).find(({ tagName }) => tagName === 'figcaption');
  const pictures: FigureShape[] = [];
  for (const element of elementsUnder(figure, (inner) => inner !== caption)) {
    const shape = figureShapeOf(element, reading);
    if (shape !== null) pictures.push(shape);
  }
  const words = figure.childNodes.map((node) => {
    if (isElement(node)) return node === caption ? '' : shownText(node);
    return 'value' in node ? node.value : '';
  });
  return pictures.length > 0 && words.join('').trim() === '' ? { pictures, caption: caption ?? null } : null;
}
