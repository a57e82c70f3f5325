import { Check } from 'lucide-react';
import type { InputHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface TickProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  /** A square allows several, a circle one of its `name`. */
  type?: 'checkbox' | 'radio';
  children: ReactNode;
}

/** A checkbox or radio button with its words; the native control lies over the drawn one and keeps its behaviour. */
export function Tick({ type = 'checkbox', children, className, ...rest }: TickProps) {
  return (
    <label className={classNames('tick', className)}>
      <input type={type} {...rest} />
      <span className={classNames('box', type === 'radio' && 'round')} aria-hidden="true">
        {type === 'checkbox' ? <Icon of={Check} /> : null}
      </span>
      <span>{children}</span>
    </label>
  );
}
