import type { Ref, TextareaHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  /** Its name for assistive technology, when no visible label stands beside it. */
  label: string;
  ref?: Ref<HTMLTextAreaElement>;
}

/** Grows with what is written, by `field-sizing` where the browser has it and by its rows elsewhere. */
export function TextArea({ label, className, ...rest }: TextAreaProps) {
  return <textarea rows={2} aria-label={label} {...rest} className={classNames('area', className)} />;
}
