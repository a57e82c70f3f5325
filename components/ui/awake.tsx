'use client';

import { useEffect } from 'react';

/** Says on `<html>` that the page has woken up: what is pressed from now on is heard. For stylesheets and tests. */
export function Awake() {
  useEffect(() => {
    document.documentElement.dataset.awake = '';
  }, []);
  return null;
}
