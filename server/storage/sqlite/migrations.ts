/**
 * The schema as numbered steps, forward only: step 1 is `migrations[0]`, and `PRAGMA user_version` holds the number of the
 * last one taken. A step that was released is never edited; what is wrong with it is put right by the next.
 *
 * Keys begin with the room, so that an id which a client chose can never reach into another room. `arrival` numbers keep
 * the order in which rows came; they are declared, because SQLite may renumber its hidden row ids.
 */
export const migrations: readonly string[] = [
  `
  create table rooms (
    id text primary key,
    title text not null,
    locked integer not null,
    created_at integer not null,
    seq integer not null
  ) strict, without rowid;

  create table members (
    arrival integer primary key,
    room text not null references rooms (id),
    id text not null,
    name text not null,
    initials text not null,
    ink text not null,
    role text not null,
    muted integer not null,
    removed integer not null,
    joined_at integer not null,
    unique (room, id)
  ) strict;
  create index members_in_order on members (room, joined_at, arrival);

  create table invites (
    room text not null references rooms (id),
    role text not null,
    token text not null unique,
    created_at integer not null,
    primary key (room, role)
  ) strict, without rowid;

  create table books (
    arrival integer primary key,
    room text not null references rooms (id),
    id text not null,
    title text not null,
    author text,
    language text not null,
    direction text not null,
    format text not null,
    added_by text not null,
    added_at integer not null,
    unique (room, id)
  ) strict;
  create index books_in_order on books (room, added_at, arrival);

  create table chapters (
    room text not null,
    id text not null,
    book text not null,
    position integer not null,
    title text not null,
    words integer not null,
    block_count integer not null,
    hash text not null,
    language text not null,
    direction text not null,
    blocks text not null,
    primary key (room, id),
    foreign key (room, book) references books (room, id) on delete cascade
  ) strict;
  create index chapters_entries on chapters (room, book, position, id, title, words, block_count, hash);

  create table annotations (
    arrival integer primary key,
    room text not null,
    id text not null,
    chapter text not null,
    author text not null,
    colour text not null,
    anchor text,
    body text not null,
    visibility text not null,
    created_at integer not null,
    edited_at integer,
    deleted integer not null,
    deleted_at integer,
    hidden integer not null,
    unique (room, id),
    foreign key (room, chapter) references chapters (room, id) on delete cascade
  ) strict;
  create index annotations_by_chapter on annotations (room, chapter, arrival);
  create index annotations_counted on annotations (room, chapter)
    where visibility = 'room' and deleted = 0 and hidden = 0 and body <> '';
  create index annotations_to_purge on annotations (deleted_at) where deleted_at is not null and body <> '';

  create table replies (
    arrival integer primary key,
    room text not null,
    id text not null,
    chapter text not null,
    annotation text not null,
    author text not null,
    body text not null,
    created_at integer not null,
    edited_at integer,
    deleted integer not null,
    deleted_at integer,
    hidden integer not null,
    unique (room, id),
    foreign key (room, annotation) references annotations (room, id) on delete cascade
  ) strict;
  create index replies_by_chapter on replies (room, chapter, arrival);
  create index replies_by_annotation on replies (room, annotation);
  create index replies_counted on replies (room, chapter, annotation) where deleted = 0 and hidden = 0;
  create index replies_to_purge on replies (deleted_at) where deleted_at is not null and body <> '';

  create table reactions (
    arrival integer primary key,
    room text not null,
    chapter text not null,
    target text not null,
    emoji text not null,
    member text not null,
    unique (room, target, emoji, member),
    foreign key (room, chapter) references chapters (room, id) on delete cascade
  ) strict;
  create index reactions_by_chapter on reactions (room, chapter, arrival);

  create table places (
    room text not null,
    member text not null,
    chapter text not null,
    book text not null,
    block text not null,
    offset integer not null,
    progress real not null,
    seen_at integer not null,
    updated_at integer not null,
    primary key (room, member, chapter),
    foreign key (room, chapter) references chapters (room, id) on delete cascade
  ) strict, without rowid;
  create index places_by_chapter on places (room, chapter);

  create table sessions (
    room text not null references rooms (id),
    id text not null,
    state text not null,
    ended_at integer,
    primary key (room, id)
  ) strict, without rowid;
  create unique index sessions_open on sessions (room) where ended_at is null;

  create table documents (
    document text primary key,
    lineage text not null,
    snapshot blob
  ) strict;

  create table document_updates (
    seq integer primary key autoincrement,
    document text not null references documents (document) on delete cascade,
    bytes blob not null
  ) strict;
  create index document_updates_in_order on document_updates (document, seq);

  create table commands (
    room text not null references rooms (id),
    member text not null,
    id text not null,
    kind text not null,
    digest text not null,
    seq integer not null,
    at integer not null,
    primary key (room, member, id)
  ) strict, without rowid;
  create index commands_by_time on commands (at);

  create table devices (
    id text primary key,
    token_hash text not null unique,
    created_at integer not null,
    seen_at integer not null
  ) strict, without rowid;

  create table device_members (
    device text not null references devices (id) on delete cascade,
    room text not null,
    member text not null,
    primary key (device, room),
    foreign key (room, member) references members (room, id)
  ) strict, without rowid;
  create index device_members_by_member on device_members (room, member);

  create table device_links (
    token_hash text primary key,
    room text not null,
    member text not null,
    expires_at integer not null,
    foreign key (room, member) references members (room, id)
  ) strict, without rowid;
  create index device_links_by_expiry on device_links (expires_at);
  `,
  `
  create table document_clients (
    document text not null references documents (document) on delete cascade,
    client integer not null,
    member text not null,
    primary key (document, client)
  ) strict, without rowid;

  create table pad_versions (
    arrival integer primary key,
    room text not null,
    id text not null,
    book text not null,
    cause text not null,
    title text,
    author text,
    created_at integer not null,
    content text not null,
    unique (room, id),
    foreign key (room, book) references books (room, id) on delete cascade
  ) strict;
  create index pad_versions_in_order on pad_versions (room, book, arrival);
  `,
  `
  alter table books add column about text;

  create table pictures (
    room text not null references rooms (id),
    hash text not null,
    type text not null,
    width integer not null,
    height integer not null,
    bytes blob not null,
    primary key (room, hash)
  ) strict;

  create table book_pictures (
    room text not null,
    book text not null,
    hash text not null,
    added_at integer not null,
    primary key (room, book, hash),
    foreign key (room, hash) references pictures (room, hash)
  ) strict, without rowid;
  create index book_pictures_by_picture on book_pictures (room, hash);
  create index book_pictures_by_time on book_pictures (added_at);
  `,
  `
  alter table rooms add column stamped_at integer not null default 0;
  update rooms set stamped_at = max(
    created_at,
    coalesce((select max(max(created_at, coalesce(edited_at, 0))) from annotations where room = rooms.id), 0),
    coalesce((select max(max(created_at, coalesce(edited_at, 0))) from replies where room = rooms.id), 0)
  );
  `,
  `
  create table former_texts (
    arrival integer primary key,
    room text not null,
    chapter text not null,
    hash text not null,
    title text not null,
    words integer not null,
    blocks text not null,
    anchors text not null,
    replaced_at integer not null,
    replaced_by text not null,
    unique (room, chapter, hash),
    foreign key (room, chapter) references chapters (room, id) on delete cascade
  ) strict;
  `,
  `
  alter table books add column shelf_order real;
  `,
];
