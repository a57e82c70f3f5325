import { describe, expect, it } from 'vitest';
import { type Markup, markUp } from '#components/margin/markdown-edit.ts';

/** `|` marks the ends of the selection, before and after. */
function press(drawn: string, markup: Markup): string {
  const start = drawn.indexOf('|');
  const end = drawn.lastIndexOf('|') - (drawn.lastIndexOf('|') > start ? 1 : 0);
  const text = drawn.replaceAll('|', '');
  const edit = markUp(text, start, end, markup);
  const after = text.slice(0, edit.start) + edit.insert + text.slice(edit.end);
  return `${after.slice(0, edit.selectStart)}|${after.slice(edit.selectStart, edit.selectEnd)}|${after.slice(edit.selectEnd)}`;
}

describe('markUp', () => {
  it('MG3 a button wraps the selected words and keeps them selected', () => {
    expect(press('so |cold| then', 'bold')).toBe('so **|cold|** then');
    expect(press('so |cold| then', 'italic')).toBe('so *|cold|* then');
    expect(press('so |cold| then', 'code')).toBe('so `|cold|` then');
  });

  it('MG3 pressed again it unwraps them', () => {
    expect(press('so **|cold|** then', 'bold')).toBe('so |cold| then');
    expect(press('so *|cold|* then', 'italic')).toBe('so |cold| then');
  });

  it('MG3 italics inside bold are added, not half of the bold taken away', () => {
    expect(press('**|cold|**', 'italic')).toBe('***|cold|***');
  });

  it('MG3 spaces at the ends of a selection stay outside the marks', () => {
    expect(press('so| cold |then', 'bold')).toBe('so **|cold|** then');
  });

  it('MG3 without a selection the caret stands between the marks', () => {
    expect(press('so ||', 'bold')).toBe('so **||**');
  });

  it('MG3 a quotation takes whole lines, and gives them back', () => {
    expect(press('one\ntw|o\nthr|ee', 'quote')).toBe('one\n> two\n> three||');
    expect(press('> o|ne|', 'quote')).toBe('one||');
  });

  it('MG3 a link leaves its address selected', () => {
    expect(press('see |this|', 'link')).toBe('see [this](|https://|)');
  });
});
