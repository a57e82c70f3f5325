import { CircleAlert } from 'lucide-react';
import { Icon } from '#components/ui/icon.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { Arrival } from './use-imports.ts';

/** What is coming in, how far it is, and what could not come in and why. */
export function ImportList({
  arrivals,
  onDismiss,
}: {
  arrivals: readonly Arrival[];
  onDismiss: (key: number) => void;
}) {
  return (
    <ul className="imports" aria-live="polite">
      {arrivals.map((arrival) =>
        arrival.wrong === null ? (
          <li key={arrival.key}>
            <span className="t">{arrival.name}</span>
            <span className="caption num">{arrival.done ? 'here' : `${Math.round(arrival.progress * 100)} %`}</span>
            {arrival.done ? null : <Progress label={arrival.name} value={arrival.progress} />}
            <span className="caption">
              {arrival.done ? 'It stands on the shelf. ' : 'You can go on; it will stand on the shelf when it is done.'}
              {arrival.done ? (
                <button type="button" className="link" onClick={() => onDismiss(arrival.key)}>
                  Good
                </button>
              ) : null}
            </span>
          </li>
        ) : (
          <li key={arrival.key} className="calls">
            <span className="t">{arrival.name}</span>
            <Icon of={CircleAlert} />
            <span className="caption">
              {arrival.wrong}{' '}
              <button type="button" className="link" onClick={() => onDismiss(arrival.key)}>
                Leave it
              </button>
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
