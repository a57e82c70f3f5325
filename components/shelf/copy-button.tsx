'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';

/** Puts text on the clipboard and says so. Where the clipboard is closed (plain http), the field beside it is selected. */
export function CopyButton({ text, field, label }: { text: string; field: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      const input = document.getElementById(field);
      if (input instanceof HTMLInputElement) input.select();
    }
  };
  return (
    <Button size="small" aria-label={label} onClick={() => void copy()}>
      <Icon of={copied ? Check : Copy} /> <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
    </Button>
  );
}
