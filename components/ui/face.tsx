import type { CSSProperties, ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface FaceProps {
  initials: string;
  /** The custom property that holds its ink, such as `--p-moss`. */
  ink: `--${string}`;
  /** The full name, for the tip and for assistive technology; left out where the name stands beside the face. */
  name?: string;
  size?: 'small' | 'normal' | 'large';
  /** The rubric ring. */
  ring?: boolean;
  /** Here no more, or not now. */
  away?: boolean;
}

/** `--who` for an element in somebody's ink. */
export const whoStyle = (ink: `--${string}`): CSSProperties => ({ '--who': `var(${ink})` }) as CSSProperties;

/** A monogram in its person's ink. */
export function Face({ initials, ink, name, size = 'normal', ring = false, away = false }: FaceProps) {
  return (
    <span
      className={classNames(
        'face',
        size !== 'normal' && size,
        initials.length > 1 && 'pair',
        ring && 'is-host',
        away && 'away',
      )}
      style={whoStyle(ink)}
      {...(name ? { role: 'img', 'aria-label': name, title: name } : { 'aria-hidden': true })}
    >
      {initials}
    </span>
  );
}

/** Faces overlapping like a hand of cards; what does not fit is a number. */
export function Faces({
  faces,
  most = 6,
  children,
}: {
  faces: (FaceProps & { key: string })[];
  most?: number;
  children?: ReactNode;
}) {
  const shown = faces.length > most + 1 ? faces.slice(0, most) : faces;
  const rest = faces.length - shown.length;
  return (
    <span className="faces">
      {shown.map(({ key, ...face }) => (
        <Face key={key} {...face} />
      ))}
      {rest > 0 ? (
        <span className="face more" role="img" aria-label={`${rest} more`}>
          +{rest}
        </span>
      ) : null}
      {children}
    </span>
  );
}
