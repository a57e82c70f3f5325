import { Extension } from '@tiptap/core';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import type { MemberId } from '#shared/records/ids.ts';

interface CaretsOptions {
  awareness: Awareness | null;
  /** A member's name and the custom property of their ink; asked whenever carets are drawn. */
  person: (member: MemberId) => { name: string; ink: `--${string}` };
}

/** Everyone's carets and selections, in their inks. Whose one is says the server, not who sends it. */
export const Carets = Extension.create<CaretsOptions>({
  name: 'carets',
  priority: 999,

  addOptions() {
    return { awareness: null, person: () => ({ name: 'Somebody', ink: '--p-ink' }) };
  },

  addProseMirrorPlugins() {
    const { awareness, person } = this.options;
    if (awareness === null) return [];
    const personOf = (client: number) => {
      const state = awareness.getStates().get(client) as { member?: MemberId } | undefined;
      return state?.member === undefined ? null : person(state.member);
    };
    return [
      yCursorPlugin(awareness, {
        cursorBuilder: (_user: unknown, client: number) => caret(personOf(client)),
        selectionBuilder: (_user: unknown, client: number) => {
          const who = personOf(client);
          return { class: 'pad-selection', style: `--who: var(${who?.ink ?? '--p-ink'})` };
        },
      }),
    ];
  },
});

function caret(who: { name: string; ink: `--${string}` } | null): HTMLElement {
  const element = document.createElement('span');
  element.className = 'pad-caret';
  element.setAttribute('aria-hidden', 'true');
  element.style.setProperty('--who', `var(${who?.ink ?? '--p-ink'})`);
  const label = document.createElement('span');
  label.className = 'pad-caret-name';
  label.textContent = who?.name ?? 'Somebody';
  element.append('\u2060', label, '\u2060');
  return element;
}
