import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { classNames } from './class-names.ts';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  /** A sentence below the line: what is wrong, when `bad`, or what is meant. */
  say?: ReactNode;
  bad?: boolean;
  /** Controls speak in the plain face; the default is the book's, as on a form filled in by hand. */
  plain?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, say, bad = false, plain = false, className, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <label className={classNames('field', bad && 'bad', className)}>
      <span className="label">{label}</span>
      <input
        {...rest}
        className={classNames('input', plain && 'ui')}
        aria-invalid={bad || undefined}
        aria-describedby={say ? id : undefined}
      />
      {say ? (
        <span className="say" id={id} role={bad ? 'alert' : undefined}>
          {say}
        </span>
      ) : null}
    </label>
  );
}
