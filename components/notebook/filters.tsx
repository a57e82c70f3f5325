import { Tick } from '#components/ui/tick.tsx';
import { MemberFace } from '#components/room/member-face.tsx';
import { colourMeanings, colours } from '#shared/records/colours.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Entry, EntryGroup } from './entry.ts';
import type { Filter } from './filter.ts';

interface FiltersProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
  groups: readonly EntryGroup[];
  people: ReadonlyMap<MemberId, Member>;
  names: ReadonlyMap<MemberId, string>;
  you: MemberId;
}

const whose = [
  ['all', 'Everyone’s'],
  ['mine', 'Only mine'],
  ['new', 'New since last time'],
] as const;

const isPencil = (entry: Entry): boolean => entry.annotation.visibility === 'private';

/** Whose notes, in which inks, by whom; each choice with how many there are. */
export function Filters({ filter, onChange, groups, people, names, you }: FiltersProps) {
  const entries = groups.flatMap((group) => group.entries);
  const count = (passes: (entry: Entry) => boolean) => (
    <span className="num caption">{entries.filter(passes).length}</span>
  );
  const counted = {
    all: () => true,
    mine: (entry: Entry) => entry.annotation.author === you,
    new: (entry: Entry) => entry.fresh,
  };
  const writers = new Map<MemberId, number>();
  for (const { annotation } of entries) writers.set(annotation.author, (writers.get(annotation.author) ?? 0) + 1);
  return (
    <aside className="filters" aria-label="Filters">
      <h2 className="sc quiet">Show</h2>
      <ul>
        {whose.map(([value, label]) => (
          <li key={value}>
            <Tick
              type="radio"
              name="whose"
              checked={filter.whose === value}
              onChange={() => onChange({ ...filter, whose: value })}
            >
              {label}
            </Tick>
            {count(counted[value])}
          </li>
        ))}
        <li>
          <Tick
            checked={filter.withReplies}
            onChange={(event) => onChange({ ...filter, withReplies: event.target.checked })}
          >
            With replies
          </Tick>
          {count((entry) => entry.replies.length > 0)}
        </li>
        <li>
          <Tick checked={filter.pencil} onChange={(event) => onChange({ ...filter, pencil: event.target.checked })}>
            In pencil, only me
          </Tick>
          {count(isPencil)}
        </li>
      </ul>
      <h2 className="sc quiet">Ink</h2>
      <ul>
        {colours.map((colour) => (
          <li key={colour}>
            <Tick
              checked={filter.inks.has(colour)}
              onChange={(event) => {
                const inks = new Set(filter.inks);
                if (event.target.checked) inks.add(colour);
                else inks.delete(colour);
                onChange({ ...filter, inks });
              }}
            >
              <span className={`ink ${colour}`}>{colourMeanings[colour]}</span>
            </Tick>
            {count((entry) => entry.annotation.colour === colour && !isPencil(entry))}
          </li>
        ))}
      </ul>
      {writers.size > 1 ? (
        <>
          <h2 className="sc quiet">People</h2>
          <ul className="people">
            {[...writers]
              .sort((a, b) => b[1] - a[1])
              .map(([id, notes]) => {
                const member = people.get(id);
                if (member === undefined) return null;
                const chosen = filter.person === id;
                return (
                  <li key={id}>
                    <button
                      type="button"
                      className="person-filter"
                      aria-pressed={chosen}
                      onClick={() => onChange({ ...filter, person: chosen ? null : id })}
                    >
                      <MemberFace member={member} size="small" />
                      <bdi>{names.get(id)}</bdi>
                      {id === you ? <span className="caption">you</span> : null}
                    </button>
                    <span className="num caption">{notes}</span>
                  </li>
                );
              })}
          </ul>
        </>
      ) : null}
    </aside>
  );
}
