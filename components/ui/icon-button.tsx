import type { ButtonHTMLAttributes, Ref } from 'react';
import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon;
  /** What it does, in words: its name for assistive technology and its tip. */
  label: string;
  small?: boolean;
  /** A count in the corner; `calls` sets it in rubric, for what waits for a person. */
  pip?: number | undefined;
  calls?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, small, pip, calls, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={pip ? `${label}, ${pip}` : label}
      {...rest}
      className={classNames('icon-btn', small && 'small', className)}
    >
      <Icon of={icon} />
      {pip ? <span className={classNames('pip num', calls && 'calls')}>{pip > 99 ? '99+' : pip}</span> : null}
    </button>
  );
}
