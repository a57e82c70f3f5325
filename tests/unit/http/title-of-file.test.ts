import { expect, it } from 'vitest';
import { titleOfFile } from '#server/http/bring-in.ts';

it.each([
  ['the_last_ferry.txt', 'the last ferry'],
  ['war-and-peace.v2.docx', 'war and peace v2'],
  ['Ada Quill - Lamp.epub', 'Ada Quill - Lamp'],
  ['红楼.txt', '红楼'],
  ['12.txt', '12'],
  ['facade.txt', 'facade'],
  ['000_4c5f5e4dc8e6c1aa.txt', ''],
  ['0a3c9a37-6f3c-4df5-a0b0-6c0d2e9b1c11.epub', ''],
  ['', ''],
])('IM220 a text without a title is called by its file %j: %j', (file, title) => {
  expect(titleOfFile(file)).toBe(title);
});
