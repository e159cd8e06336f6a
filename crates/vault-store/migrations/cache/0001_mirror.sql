-- A copy of the team's documents. Times are milliseconds since 1970; ids made on people's computers are UUIDs of 16
-- bytes, hashes are SHA-256 of 32 bytes. A text with a column `…exact` beside it is the readable form of a name;
-- `exact` holds its bytes where they are not UTF-8.
--
-- What repeats in a million rows stands once, in a table with a short key. Hashes are indexed by their first 8 bytes, as
-- a number in a column `…_head`: an index of whole hashes would be three times as large, and every insert goes to a
-- random page of it; an index of an expression makes SQLite keep copies as described below.
--
-- References are checked when a transaction ends: a statement that may have to take a part of itself back keeps a copy
-- of every page it changes.

PRAGMA user_version = 1;

-- How far the copy has come.
CREATE TABLE progress (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    cursor TEXT
) STRICT;
INSERT INTO progress (one) VALUES (1);

CREATE TABLE people (
    key          INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    display_name TEXT
) STRICT;

CREATE TABLE clients (
    id         TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL,
    -- The name as it is compared: without case.
    name_key   TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    phone      TEXT    NOT NULL,
    street     TEXT    NOT NULL,
    city       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    zip        TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    removed    INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX clients_by_name ON clients (name_key);

-- Every matter that anything refers to, with what is counted of it.
CREATE TABLE matter_keys (
    key        INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    files      INTEGER NOT NULL DEFAULT 0,
    last_filed INTEGER
) STRICT;

CREATE TABLE matters (
    key         INTEGER PRIMARY KEY REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    client      TEXT,
    number      TEXT    NOT NULL,
    -- The number as it is compared: without case.
    number_key  TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    priority    TEXT    NOT NULL,
    -- User ids, separated by spaces.
    assigned_to TEXT    NOT NULL,
    opened      INTEGER,
    due         INTEGER,
    updated_at  INTEGER NOT NULL,
    removed     INTEGER
) STRICT;

CREATE INDEX matters_by_number ON matters (number_key);

-- Where blobs lie: a storage path up to the name.
CREATE TABLE places (
    key    INTEGER PRIMARY KEY,
    folder TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE records (
    -- In order of arrival.
    key           INTEGER PRIMARY KEY,
    matter        INTEGER NOT NULL REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    metadata_hash BLOB    NOT NULL,
    metadata_head INTEGER NOT NULL,
    original_name TEXT    NOT NULL,
    last_modified INTEGER NOT NULL,
    file_hash     BLOB    NOT NULL,
    file_head     INTEGER NOT NULL,
    size          INTEGER NOT NULL,
    -- The wire form: separated by `|`.
    folder_paths  TEXT    NOT NULL,
    -- The storage path: its folder, and its name, without the hash if that is the file's.
    place         INTEGER NOT NULL REFERENCES places (key) DEFERRABLE INITIALLY DEFERRED,
    blob_name     TEXT    NOT NULL,
    uploaded_by   INTEGER NOT NULL REFERENCES people (key) DEFERRABLE INITIALLY DEFERRED,
    updated_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX records_by_identity ON records (metadata_head);
CREATE INDEX records_by_content ON records (file_head);

-- The folders of matters, as their records' paths make them. The top of a matter has no name and parent 0.
CREATE TABLE folders (
    key    INTEGER PRIMARY KEY,
    matter INTEGER NOT NULL REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    parent INTEGER NOT NULL,
    name   TEXT    NOT NULL,
    -- Placements directly in it, and in it and the folders below.
    direct INTEGER NOT NULL,
    total  INTEGER NOT NULL,
    UNIQUE (matter, parent, name)
) STRICT;

-- Which records stand in which folder.
CREATE TABLE placements (
    folder INTEGER NOT NULL REFERENCES folders (key) DEFERRABLE INITIALLY DEFERRED,
    record INTEGER NOT NULL,
    PRIMARY KEY (folder, record)
) STRICT, WITHOUT ROWID;

-- The words of names, folded and separated by spaces; those of the folders around stand with a `/` before them.
CREATE VIRTUAL TABLE record_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '/'", prefix = '1 2 3 4 5 6 7 8'
);

CREATE VIRTUAL TABLE folder_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '/'", prefix = '1 2 3 4 5 6 7 8'
);

-- Who filed from where with what.
CREATE TABLE origins (
    key         INTEGER PRIMARY KEY,
    team        TEXT    NOT NULL,
    matter      INTEGER NOT NULL REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    user        TEXT    NOT NULL,
    device      TEXT    NOT NULL,
    app_version TEXT    NOT NULL,
    UNIQUE (team, matter, user, device, app_version)
) STRICT;

-- The folders that source files stood in, exactly.
CREATE TABLE locations (
    key        INTEGER PRIMARY KEY,
    path       TEXT    NOT NULL,
    path_exact BLOB
) STRICT;

CREATE UNIQUE INDEX locations_by_path ON locations (path, ifnull(path_exact, x''));

-- Drops, with what their events say of them.
CREATE TABLE drops (
    key          INTEGER PRIMARY KEY,
    id           BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    matter       INTEGER NOT NULL REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    user         TEXT    NOT NULL,
    device       TEXT    NOT NULL,
    -- The earliest time of an event.
    started      INTEGER NOT NULL,
    stored       INTEGER NOT NULL DEFAULT 0,
    skipped      INTEGER NOT NULL DEFAULT 0,
    failed       INTEGER NOT NULL DEFAULT 0,
    bytes        INTEGER NOT NULL DEFAULT 0,
    bytes_stored INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX drops_by_matter ON drops (matter, id);

-- What was written of a drop when filing ended.
CREATE TABLE summaries (
    drop_key     INTEGER PRIMARY KEY REFERENCES drops (key) DEFERRABLE INITIALLY DEFERRED,
    matter       INTEGER NOT NULL REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    user         TEXT    NOT NULL,
    device       TEXT    NOT NULL,
    -- A JSON array of readable paths.
    sources      TEXT    NOT NULL,
    started      INTEGER NOT NULL,
    finished     INTEGER,
    stored       INTEGER NOT NULL,
    skipped      INTEGER NOT NULL,
    failed       INTEGER NOT NULL,
    left_out     INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    bytes_stored INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    drop_key        INTEGER NOT NULL REFERENCES drops (key) DEFERRABLE INITIALLY DEFERRED,
    id              BLOB    NOT NULL,
    -- 0 interrupted, 1 success, 2 failed, 3 skipped.
    kind            INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    timestamp       INTEGER NOT NULL,
    file_name       TEXT    NOT NULL,
    file_name_exact BLOB,
    location        INTEGER NOT NULL REFERENCES locations (key) DEFERRABLE INITIALLY DEFERRED,
    file_hash       BLOB    NOT NULL,
    metadata_hash   BLOB    NOT NULL,
    size            INTEGER NOT NULL,
    last_modified   INTEGER NOT NULL,
    origin          INTEGER NOT NULL REFERENCES origins (key) DEFERRABLE INITIALLY DEFERRED,
    reason          TEXT,
    -- Events of a content are found by its record, because records come in order of time and hashes in none; those that
    -- came before their record, or have none, by the hash.
    record          INTEGER,
    file_head       INTEGER,
    PRIMARY KEY (drop_key, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX events_by_kind ON events (drop_key, kind, id);
CREATE INDEX events_by_record ON events (record) WHERE record IS NOT NULL;
CREATE INDEX events_by_content ON events (file_head) WHERE file_head IS NOT NULL;

-- What the files of this computer hashed to: 16 bytes of the path's hash, 16 bytes of the hash of everything the file
-- system said, and the hash of the content.
CREATE TABLE fingerprints (
    path_key BLOB PRIMARY KEY,
    stamp    BLOB NOT NULL,
    hash     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
