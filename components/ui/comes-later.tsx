'use client';

import type { ComponentType, ReactNode } from 'react';
import { later, useLater } from './later.ts';

/**
 * A part of the page whose code is fetched later, or at once when the part is shown before that; `meanwhile` stands in its place.
 * It is never rendered on the server.
 */
export function comesLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
): ComponentType<Props> {
  const code = later(async () => ({ Part: await load() }));
  return function ComesLater(props: Props) {
    const come = useLater(code, true);
    return come === null ? meanwhile : <come.Part {...props} />;
  };
}
