'use client';

import { SunMoon } from 'lucide-react';
import { setLook, useLook } from '#components/reader/look-store.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { Tick } from '#components/ui/tick.tsx';
import type { Look } from '#shared/records/look.ts';

const themes = [
  ['system', 'As the device'],
  ['light', 'Paper'],
  ['sepia', 'Vellum'],
  ['dark', 'Lamp'],
  ['contrast', 'Contrast'],
  ['contrast-dark', 'Contrast, dark'],
] as const satisfies readonly (readonly [Look['theme'], string])[];

/** The theme, from any page outside the reading page (which has a whole sheet for how it is set). */
export function ThemeMenu() {
  const { theme } = useLook();
  return (
    <Popover label="Theme" trigger={<IconButton icon={SunMoon} label="Theme" />}>
      <div role="radiogroup" aria-label="Theme" className="grid gap-2">
        {themes.map(([value, name]) => (
          <Tick
            key={value}
            type="radio"
            name="theme"
            checked={theme === value}
            onChange={() => setLook({ theme: value })}
          >
            {name}
          </Tick>
        ))}
      </div>
    </Popover>
  );
}
