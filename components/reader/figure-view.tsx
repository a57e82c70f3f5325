'use client';

import { type ReactNode, useState } from 'react';
import { picturePath } from '#components/room/picture-path.ts';
import { useRoomState } from '#components/room/room-provider.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { Block } from '#shared/text/block.ts';

type Figure = Extract<Block, { type: 'figure' }>;

/** A picture of the book with its caption. Pressed, it opens large; where it could not be taken over, its words stand for it. */
export function FigureView({ block, children }: { block: Figure; children: ReactNode }) {
  const { room } = useRoomState();
  const [isLarge, setLarge] = useState(false);
  const { picture, alt, width, height, text } = block;
  const caption = text === '' ? null : <figcaption>{children}</figcaption>;
  if (picture === null) {
    return (
      <>
        {alt === '' ? null : (
          <p className="no-picture">
            <span className="sc">Picture</span> {alt}
          </p>
        )}
        {caption}
      </>
    );
  }
  const src = picturePath(room.id, picture);
  const name = alt === '' ? (text === '' ? 'Picture' : text) : alt;
  return (
    <>
      <button type="button" className="enlarge" aria-label={`Enlarge: ${name}`} onClick={() => setLarge(true)}>
        <img src={src} alt={alt} width={width} height={height} loading="lazy" decoding="async" />
      </button>
      {caption ?? children}
      {isLarge ? (
        <Dialog title={text === '' ? (alt === '' ? 'Picture' : alt) : text} open onOpenChange={setLarge} wide>
          <div className="large-picture">
            <img src={src} alt={alt} width={width} height={height} />
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
