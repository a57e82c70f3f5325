import type { Made } from './outbox.ts';
import type { Command } from '#shared/protocol/command.ts';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId, ReplyId } from '#shared/records/ids.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';
import type { Block } from '#shared/text/block.ts';
import { quoteOf } from '#shared/anchoring/quote.ts';

export interface OverlayContext {
  me: MemberId;
  /** The chapter's text, to show the quotation of a passage before the server has stamped it. */
  blocks: readonly Block[];
  hash: string;
}

interface Draft {
  annotations: Map<AnnotationId, Annotation>;
  replies: Map<ReplyId, Reply>;
  reactions: Map<string, Reactions>;
}

/**
 * What the margin will look like when these commands have been decided: the optimistic overlay. It writes the same records
 * that the server will, so that nothing moves when the true ones arrive. Applying a command that the document already
 * shows changes nothing.
 */
export function withOverlay(base: MarginRecords, commands: readonly Made[], context: OverlayContext): MarginRecords {
  if (commands.length === 0) return base;
  const draft: Draft = {
    annotations: new Map(base.annotations),
    replies: new Map(base.replies),
    reactions: new Map(base.reactions),
  };
  for (const made of commands) applyCommand(draft, made, context);
  return draft;
}

function applyCommand(draft: Draft, { command, madeAt }: Made, context: OverlayContext): void {
  const { annotations, replies, reactions } = draft;
  switch (command.kind) {
    case 'annotation.create': {
      if (annotations.has(command.annotation)) return;
      // A passage of another text marks nothing in this one.
      const passage = (command.hash ?? context.hash) === context.hash ? command.passage : null;
      annotations.set(command.annotation, {
        id: command.annotation,
        chapter: command.chapter,
        author: context.me,
        colour: command.colour,
        anchor: passage && { ...passage, hash: context.hash, quote: quoteOf(context.blocks, passage) },
        body: command.body,
        visibility: command.visibility,
        createdAt: madeAt,
        editedAt: null,
        deleted: false,
        hidden: false,
      });
      return;
    }
    case 'annotation.edit':
      change(annotations, command.annotation, (record) =>
        record.body === command.body && record.colour === command.colour
          ? record
          : { ...record, body: command.body, colour: command.colour, editedAt: madeAt },
      );
      return;
    case 'annotation.delete': {
      const answered = [...replies.values()].some((reply) => reply.annotation === command.annotation && !reply.deleted);
      if (answered) change(annotations, command.annotation, (record) => ({ ...record, body: '', deleted: true }));
      else annotations.delete(command.annotation);
      return;
    }
    case 'reply.create':
      if (replies.has(command.reply)) return;
      replies.set(command.reply, {
        id: command.reply,
        annotation: command.annotation,
        author: context.me,
        body: command.body,
        createdAt: madeAt,
        editedAt: null,
        deleted: false,
        hidden: false,
      });
      return;
    case 'reply.edit':
      change(replies, command.reply, (record) =>
        record.body === command.body ? record : { ...record, body: command.body, editedAt: madeAt },
      );
      return;
    case 'reply.delete':
      replies.delete(command.reply);
      return;
    case 'reaction.toggle': {
      const before = reactions.get(command.target) ?? {};
      const others = (before[command.emoji] ?? []).filter((member) => member !== context.me);
      const members = command.on ? [...others, context.me] : others;
      const { [command.emoji]: _, ...rest } = before;
      reactions.set(command.target, members.length > 0 ? { ...rest, [command.emoji]: members } : rest);
      return;
    }
    default:
      return;
  }
}

function change<Id extends string, T>(records: Map<Id, T>, id: Id, edit: (record: T) => T): void {
  const record = records.get(id);
  if (record !== undefined) records.set(id, edit(record));
}

/** Whether the document shows by now what an acked command asked for. */
export function isShown(records: MarginRecords, command: Command, me: MemberId): boolean {
  switch (command.kind) {
    case 'annotation.create':
      return records.annotations.has(command.annotation);
    case 'annotation.edit': {
      const record = records.annotations.get(command.annotation);
      return record === undefined || (record.body === command.body && record.colour === command.colour);
    }
    case 'annotation.delete':
      return records.annotations.get(command.annotation)?.deleted ?? true;
    case 'annotation.undelete':
      return records.annotations.get(command.annotation)?.deleted === false;
    case 'reply.create':
      return records.replies.has(command.reply);
    case 'reply.edit': {
      const record = records.replies.get(command.reply);
      return record === undefined || record.body === command.body;
    }
    case 'reply.delete':
      return records.replies.get(command.reply)?.deleted ?? true;
    case 'reply.undelete':
      return records.replies.get(command.reply)?.deleted === false;
    case 'reaction.toggle':
      return (records.reactions.get(command.target)?.[command.emoji]?.includes(me) ?? false) === command.on;
    default:
      return true;
  }
}
