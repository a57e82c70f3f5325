'use client';

import { AlignJustify, AlignLeft, X } from 'lucide-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Tick } from '#components/ui/tick.tsx';
import { defaultLook, type Look } from '#shared/records/look.ts';
import { setLook, useLook } from './look-store.ts';
import { useMedia } from './use-media.ts';

const themes = [
  { theme: 'light', name: 'Paper' },
  { theme: 'sepia', name: 'Vellum' },
  { theme: 'dark', name: 'Lamp' },
  { theme: 'contrast', name: 'Contrast' },
] as const;

const faces = [
  { face: 'serif', name: 'Literata', says: 'book', family: 'var(--font-read)' },
  { face: 'sans', name: 'Alegreya Sans', says: 'plain', family: 'var(--font-ui)' },
  { face: 'legible', name: 'Atkinson', says: 'legible', family: 'var(--font-legible)' },
  { face: 'dyslexic', name: 'OpenDyslexic', says: 'weighted', family: 'OpenDyslexic, var(--font-legible)' },
] as const;

const SIZE_PX = 20;
const SMALL_SIZE_PX = 18;
const leadings = ['close', 'normal', 'open'] as const;
const leadingWords = { close: '1.4', normal: '1.6', open: '1.8' } as const;
const measures = ['narrow', 'normal', 'wide'] as const;
const measureWords = { narrow: '53', normal: '66', wide: '77' } as const;

/** How the page is set, beside the page itself, which changes as one chooses. Kept on this device. */
export function PageSettings({ onClose }: { onClose: () => void }) {
  const look = useLook();
  const size = useMedia('(max-width: 767px)') ? SMALL_SIZE_PX : SIZE_PX;
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    sheet.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [onClose]);

  return (
    <section ref={sheet} className="setsheet slip" role="dialog" aria-label="The page" tabIndex={-1}>
      <div className="grab" aria-hidden="true" />
      <div className="set-head">
        <h2 className="text-h3">The page</h2>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      <Themes look={look} />
      <div className="faces-pick" role="radiogroup" aria-label="Typeface">
        {faces.map(({ face, name, says, family }) => (
          <button
            key={face}
            type="button"
            role="radio"
            aria-checked={look.face === face}
            className={classNames('facepick', look.face === face && 'on')}
            onClick={() => setLook({ face })}
          >
            <span style={{ fontFamily: family }}>{name}</span>
            <span className="caption">{says}</span>
          </button>
        ))}
      </div>
      <Slider
        label="Size"
        min={-3}
        max={8}
        at={look.size}
        shown={String(Math.round(size * (1 + look.size / 12)))}
        onChange={(steps) => setLook({ size: steps })}
      />
      <Slider
        label="Leading"
        min={0}
        max={2}
        at={leadings.indexOf(look.leading)}
        shown={leadingWords[look.leading]}
        onChange={(at) => setLook({ leading: leadings[at] ?? 'normal' })}
      />
      <Slider
        label="Line length"
        min={0}
        max={2}
        at={measures.indexOf(look.measure)}
        shown={measureWords[look.measure]}
        onChange={(at) => setLook({ measure: measures[at] ?? 'normal' })}
      />
      <div className="set-row">
        <span className="set-l">Edge</span>
        <div className="set-c">
          <Segmented
            label="Edge"
            value={look.align}
            options={[
              {
                value: 'start',
                label: (
                  <>
                    <Icon of={AlignLeft} /> Ragged
                  </>
                ),
              },
              {
                value: 'justify',
                label: (
                  <>
                    <Icon of={AlignJustify} /> Straight
                  </>
                ),
              },
            ]}
            onChange={(align) => setLook({ align })}
          />
        </div>
      </div>
      <div className="set-row">
        <span className="set-l">Paragraphs</span>
        <div className="set-c">
          <Segmented
            label="Paragraphs"
            value={look.paragraphs}
            options={[
              { value: 'indent', label: 'Indent' },
              { value: 'space', label: 'Space' },
            ]}
            onChange={(paragraphs) => setLook({ paragraphs })}
          />
        </div>
      </div>
      <div className="set-row">
        <span className="set-l">Highlights</span>
        <div className="set-c">
          <Segmented
            label="Highlights"
            value={look.marks}
            options={[
              { value: 'all', label: 'Everyone’s' },
              { value: 'mine', label: 'Mine' },
              { value: 'none', label: 'None' },
            ]}
            onChange={(marks) => setLook({ marks })}
          />
        </div>
      </div>
      <ul className="switches">
        <li>
          <span>
            Letter keys<span className="caption">J, S, H and their kin</span>
          </span>
          <Switch label="Letter keys" on={look.letterKeys} onChange={(letterKeys) => setLook({ letterKeys })} />
        </li>
      </ul>
      <footer role="group" aria-label="All of it">
        <button type="button" className="link caption" onClick={() => setLook(defaultLook)}>
          Back to how it was
        </button>
        <span className="caption">kept on this device</span>
      </footer>
    </section>
  );
}

function Themes({ look }: { look: Look }) {
  const isDark = look.theme === 'contrast-dark';
  return (
    <>
      <div className="themes" role="radiogroup" aria-label="Theme">
        {themes.map(({ theme, name }) => {
          const on = look.theme === theme || (theme === 'contrast' && isDark);
          return (
            <button
              key={theme}
              type="button"
              role="radio"
              aria-checked={on}
              aria-label={name}
              className="theme"
              data-theme={theme}
              onClick={() => setLook({ theme })}
            >
              <span className="theme-p" aria-hidden="true">
                Aa
                <i />
              </span>
            </button>
          );
        })}
      </div>
      <div className="theme-names" aria-hidden="true">
        {themes.map(({ theme, name }) => (
          <span key={theme}>{name}</span>
        ))}
      </div>
      {look.theme === 'contrast' || isDark ? (
        <Tick
          checked={isDark}
          onChange={(event) => setLook({ theme: event.target.checked ? 'contrast-dark' : 'contrast' })}
        >
          White on black
        </Tick>
      ) : (
        <Tick
          checked={look.theme === 'system'}
          onChange={(event) => setLook({ theme: event.target.checked ? 'system' : 'light' })}
        >
          Lamp when the device is dark
        </Tick>
      )}
    </>
  );
}

interface SliderProps {
  label: string;
  min: number;
  max: number;
  at: number;
  shown: string;
  onChange: (at: number) => void;
}

function Slider({ label, min, max, at, shown, onChange }: SliderProps) {
  return (
    <label className="set-row">
      <span className="set-l">{label}</span>
      <span className="set-c">
        <input
          type="range"
          className="range"
          min={min}
          max={max}
          step={1}
          value={at}
          aria-valuetext={shown}
          style={{ '--at': `${((at - min) / (max - min)) * 100}%` } as CSSProperties}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      </span>
      <span className="set-v num caption">{shown}</span>
    </label>
  );
}
