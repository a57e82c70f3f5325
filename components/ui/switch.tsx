import { classNames } from './class-names.ts';

interface SwitchProps {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  lectern?: boolean;
}

/** Takes effect at once, unlike a tick in a form. */
export function Switch({ label, on, onChange, lectern = false }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      className={classNames('switch', lectern && 'lectern')}
      onClick={() => onChange(!on)}
    />
  );
}
