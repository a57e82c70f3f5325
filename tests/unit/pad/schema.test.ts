import { getSchema } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import { padExtensions } from '#components/pad/extensions.ts';
import { isPadAttribute, mayContain, padContent, padMarks, type PadNode } from '#shared/records/pad-document.ts';

const schema = getSchema(padExtensions(() => null));

describe('the editor and what the server takes', () => {
  it('PD70 are made of the same nodes and marks', () => {
    expect(Object.keys(schema.nodes).toSorted()).toEqual(Object.keys(padContent).toSorted());
    expect(Object.keys(schema.marks).toSorted()).toEqual([...padMarks, 'link'].toSorted());
  });

  it('PD70 agree on what may stand in what', () => {
    for (const parent of Object.keys(schema.nodes)) {
      for (const child of Object.keys(schema.nodes)) {
        const inEditor = reaches(parent, child);
        expect([parent, child, mayContain(parent as PadNode, child)]).toEqual([parent, child, inEditor]);
      }
    }
  });

  it('PD70 agree on the attributes that nodes have from the start', () => {
    for (const [name, type] of Object.entries(schema.nodes)) {
      for (const [attribute, { default: value }] of Object.entries(type.spec.attrs ?? {})) {
        if (value === null || value === undefined) continue;
        expect([name, attribute, isPadAttribute(name as PadNode, attribute, value)]).toEqual([name, attribute, true]);
      }
    }
  });
});

/** Whether a node may stand anywhere in another's content, after whatever must come first. */
function reaches(parent: string, child: string): boolean {
  const start = schema.nodes[parent]?.contentMatch;
  if (!start) return false;
  const seen = new Set([start]);
  for (const match of seen) {
    for (let edge = 0; edge < match.edgeCount; edge += 1) {
      const { type, next } = match.edge(edge);
      if (type.name === child) return true;
      seen.add(next);
    }
  }
  return false;
}
