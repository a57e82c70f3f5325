import type { CSSProperties } from 'react';

/** A hairline that fills; `value` from 0 to 1. */
export function Progress({ label, value }: { label: string; value: number }) {
  const percent = Math.round(value * 100);
  return (
    <span
      className="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      style={{ '--at': `${percent}%` } as CSSProperties}
    >
      <i />
    </span>
  );
}
