import type { Colour } from '#shared/records/annotation.ts';
import { colourMeanings, colours } from '#shared/records/colours.ts';

interface InkPickerProps {
  value: Colour;
  onChange: (colour: Colour) => void;
}

const titled = (name: string): string => name[0]?.toUpperCase() + name.slice(1);

/** The five inks to dip into, each with what it says. */
export function InkPicker({ value, onChange }: InkPickerProps) {
  return (
    <div className="inks-row" role="group" aria-label="Ink">
      {colours.map((colour) => (
        <button
          key={colour}
          type="button"
          className={colour === value ? 'dip on' : 'dip'}
          aria-pressed={colour === value}
          aria-label={`${titled(colour)}: ${colourMeanings[colour].toLowerCase()}`}
          title={`${titled(colour)}: ${colourMeanings[colour].toLowerCase()}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChange(colour)}
        >
          <span className={`hl ${colour}`} aria-hidden="true">
            a
          </span>
        </button>
      ))}
    </div>
  );
}
