import type { ButtonHTMLAttributes, Ref } from 'react';
import { classNames } from './class-names.ts';

/** `primary` for the one thing to do; `lectern` (rubric) for the host alone; `lectern line` its quieter form. */
export type ButtonKind = 'line' | 'primary' | 'plain' | 'lectern' | 'lectern line';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  size?: 'small' | 'normal' | 'large';
  /** Something is under way: the button stays where focus is, and says so, but does nothing. */
  pending?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ kind = 'line', size = 'normal', pending = false, className, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || rest['aria-disabled']}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={classNames('btn', kind !== 'line' && kind, size !== 'normal' && size, pending && 'pending', className)}
    />
  );
}
