import { cloneElement, type KeyboardEvent, type MouseEvent, type ReactElement, type ButtonHTMLAttributes } from 'react';

type TriggerProps = ButtonHTMLAttributes<HTMLButtonElement>;

interface WaitingTriggerProps {
  /** A button, as it stands on the page. */
  trigger: ReactElement;
  opens: 'menu' | 'dialog';
  /** It was pressed, and what it opens is on its way. */
  pressed: boolean;
  onPress: (event: MouseEvent<HTMLButtonElement> | KeyboardEvent<HTMLButtonElement>) => void;
  /** Somebody is about to press. */
  onNear: () => void;
}

/** The button of something whose code has not come yet: it takes the press, and looks and sounds like what it will be. */
export function WaitingTrigger({ trigger, opens, pressed, onPress, onNear }: WaitingTriggerProps) {
  const button = trigger as ReactElement<TriggerProps>;
  return cloneElement(button, {
    'aria-haspopup': opens,
    'aria-expanded': pressed,
    'aria-busy': pressed || undefined,
    onPointerEnter: onNear,
    onFocus: onNear,
    onClick: (event) => {
      button.props.onClick?.(event);
      onPress(event);
    },
    onKeyDown: (event) => {
      const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
      if (opens !== 'menu' || !isArrow) return;
      event.preventDefault();
      onPress(event);
    },
  });
}
