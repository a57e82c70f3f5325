import { CircleAlert } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { Arrival, Imports } from './use-imports.ts';

/** What is coming in, how far it is, and what could not come in and why. */
export function ImportList({ imports: { arrivals, look, letGo } }: { imports: Imports }) {
  return (
    <ul className="imports" aria-live="polite">
      {arrivals.map((arrival) =>
        arrival.wrong === null ? (
          <Coming
            key={arrival.key}
            arrival={arrival}
            onLook={() => look(arrival.key)}
            onGone={() => letGo(arrival.key)}
          />
        ) : (
          <li key={arrival.key} className="calls">
            <span className="t">{arrival.name}</span>
            <Icon of={CircleAlert} />
            <span className="caption">
              {arrival.wrong}{' '}
              <button type="button" className="link" onClick={() => letGo(arrival.key)}>
                Leave it
              </button>
            </span>
          </li>
        ),
      )}
    </ul>
  );
}

interface ComingProps {
  arrival: Arrival;
  onLook: () => void;
  onGone: () => void;
}

function Coming({ arrival: { name, sent, import: own }, onLook, onGone }: ComingProps) {
  const state = own?.state ?? 'sending';
  const progress = own?.progress ?? sent;
  if (state === 'done') {
    return (
      <li>
        <span className="t">{name}</span>
        <span className="caption num">here</span>
        <span className="caption">
          It stands on the shelf.{' '}
          <button type="button" className="link" onClick={onGone}>
            Good
          </button>
        </span>
      </li>
    );
  }
  if (state === 'ready') {
    return (
      <li>
        <span className="t">{own?.preview?.title ?? name}</span>
        <span className="caption num">read</span>
        <span className="caption">Look it over, then put it on the shelf.</span>
        <span className="acts">
          <Button size="small" onClick={onLook}>
            Look it over
          </Button>
          <Button size="small" kind="plain" aria-label={`Discard ${name}`} onClick={onGone}>
            Discard
          </Button>
        </span>
      </li>
    );
  }
  return (
    <li>
      <span className="t">{name}</span>
      <span className="caption num">{state === 'waiting' ? null : `${Math.round(progress * 100)} %`}</span>
      <Progress label={name} value={progress} />
      <span className="caption">
        {stateWords[state]}{' '}
        <button type="button" className="link" aria-label={`Cancel ${name}`} onClick={onGone}>
          Cancel
        </button>
      </span>
    </li>
  );
}

const stateWords: Record<string, string> = {
  sending: 'It is being sent.',
  waiting: 'It waits until the one before it is read.',
  reading: 'It is being read. You can go on; it waits here for you, even if you load the page again.',
};
