-- The queue of this computer. Times are milliseconds since 1970; ids made here are UUIDs of 16 bytes, hashes are
-- SHA-256 of 32 bytes. A text with a column `…exact` beside it is the readable form of a name; `exact` holds its bytes
-- where they are not UTF-8.
--
-- References are checked when a transaction ends: a statement that may have to take a part of itself back keeps a copy
-- of every page it changes.

PRAGMA user_version = 1;

CREATE TABLE drops (
    key          INTEGER PRIMARY KEY,
    id           BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    matter       TEXT    NOT NULL,
    started      INTEGER NOT NULL,
    phase        TEXT    NOT NULL CHECK (phase IN ('preparing', 'filing', 'finished', 'cancelled')),
    finished     INTEGER,
    -- Why filing is paused as a whole.
    paused       TEXT,
    -- How the items stand, kept up with every change to one of them.
    stored       INTEGER NOT NULL DEFAULT 0,
    skipped      INTEGER NOT NULL DEFAULT 0,
    given_up     INTEGER NOT NULL DEFAULT 0,
    left_out     INTEGER NOT NULL DEFAULT 0,
    bytes        INTEGER NOT NULL DEFAULT 0,
    bytes_stored INTEGER NOT NULL DEFAULT 0,
    waiting      INTEGER NOT NULL DEFAULT 0,
    attention    INTEGER NOT NULL DEFAULT 0,
    cancelled    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX drops_unfinished ON drops (id) WHERE phase IN ('preparing', 'filing');
CREATE INDEX drops_needing_attention ON drops (id) WHERE phase = 'finished' AND attention > 0;

-- What was dropped, as absolute paths.
CREATE TABLE sources (
    drop_key   INTEGER NOT NULL REFERENCES drops (key) DEFERRABLE INITIALLY DEFERRED,
    place      INTEGER NOT NULL,
    path       TEXT    NOT NULL,
    path_exact BLOB,
    PRIMARY KEY (drop_key, place)
) STRICT, WITHOUT ROWID;

-- The folders of a drop, and the places of files that were dropped by themselves, which have no time.
CREATE TABLE folders (
    drop_key      INTEGER NOT NULL REFERENCES drops (key) DEFERRABLE INITIALLY DEFERRED,
    place         INTEGER NOT NULL,
    path          TEXT    NOT NULL,
    path_exact    BLOB,
    last_modified INTEGER,
    PRIMARY KEY (drop_key, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE left_out (
    drop_key   INTEGER NOT NULL REFERENCES drops (key) DEFERRABLE INITIALLY DEFERRED,
    place      INTEGER NOT NULL,
    path       TEXT    NOT NULL,
    path_exact BLOB,
    reason     TEXT    NOT NULL,
    PRIMARY KEY (drop_key, place)
) STRICT, WITHOUT ROWID;

-- The files of a drop that are not done; those that are, are counted in the drop and told of by the vault's events.
CREATE TABLE items (
    drop_key       INTEGER NOT NULL REFERENCES drops (key) DEFERRABLE INITIALLY DEFERRED,
    seq            INTEGER NOT NULL,
    source         INTEGER NOT NULL,
    -- The folder's place.
    folder         INTEGER NOT NULL,
    name           TEXT    NOT NULL,
    name_exact     BLOB,
    -- What was read: all three or none.
    size           INTEGER,
    last_modified  INTEGER,
    hash           BLOB,
    event          BLOB    NOT NULL,
    -- 0 queued, 1 uploading, 2 recording, 3 waiting, 4 needs attention, 5 cancelled.
    state          INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
    -- Uploading: from where it can be continued.
    session_url    TEXT,
    session_offset INTEGER,
    -- Waiting.
    until          INTEGER,
    attempt        INTEGER,
    -- Needs attention: code and detail of the problem.
    problem        TEXT,
    detail         TEXT,
    PRIMARY KEY (drop_key, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX items_needing_attention ON items (drop_key, seq) WHERE state = 4;
