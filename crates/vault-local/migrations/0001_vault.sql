-- The embedded vault: everything a team of one knows. Times are milliseconds since 1970 unless a column says
-- otherwise; ids made on this computer are UUIDs of 16 bytes, hashes are SHA-256 of 32 bytes.
--
-- `revision` is the number of the write that made a row what it is, counted over all tables: a reader of changes asks
-- each table for what is beyond the last revision it has seen.

PRAGMA user_version = 1;

CREATE TABLE identity (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    user_id      TEXT    NOT NULL,
    display_name TEXT    NOT NULL,
    device_id    TEXT    NOT NULL,
    revision     INTEGER NOT NULL
) STRICT;

-- The last revision given out, and the latest time written: time never goes backwards, whatever the clock does.
CREATE TABLE ledger (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL,
    latest   INTEGER NOT NULL
) STRICT;
INSERT INTO ledger (one, revision, latest) VALUES (1, 0, 0);

CREATE TABLE client (
    id         TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL CHECK (name <> ''),
    email      TEXT    NOT NULL,
    phone      TEXT    NOT NULL,
    street     TEXT    NOT NULL,
    city       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    zip        TEXT    NOT NULL,
    status     TEXT    NOT NULL CHECK (status IN ('active', 'inactive')),
    removed    INTEGER,
    updated_at INTEGER NOT NULL,
    revision   INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE matter (
    id          TEXT    PRIMARY KEY,
    title       TEXT    NOT NULL CHECK (title <> ''),
    description TEXT    NOT NULL,
    client_id   TEXT    REFERENCES client (id),
    number      TEXT    NOT NULL,
    -- The number as it is compared: without case.
    number_key  TEXT    NOT NULL,
    status      TEXT    NOT NULL CHECK (status IN ('active', 'closed', 'on-hold')),
    priority    TEXT    NOT NULL CHECK (priority IN ('high', 'medium', 'low')),
    -- User ids, separated by spaces.
    assigned_to TEXT    NOT NULL,
    opened      INTEGER,
    due         INTEGER,
    removed     INTEGER,
    updated_at  INTEGER NOT NULL,
    revision    INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX matter_number ON matter (number_key) WHERE removed IS NULL AND number_key <> '';
CREATE INDEX matter_client ON matter (client_id) WHERE client_id IS NOT NULL;

CREATE TABLE record (
    key               INTEGER PRIMARY KEY,
    matter_id         TEXT    NOT NULL REFERENCES matter (id),
    metadata_hash     BLOB    NOT NULL CHECK (length(metadata_hash) = 32),
    original_name     TEXT    NOT NULL,
    last_modified     INTEGER NOT NULL,
    file_hash         BLOB    NOT NULL CHECK (length(file_hash) = 32),
    size              INTEGER NOT NULL CHECK (size >= 0),
    -- The wire form: separated by `|`.
    folder_paths      TEXT    NOT NULL,
    -- The storage path is made of these two, the team and the hash of the content.
    storage_matter    TEXT    NOT NULL,
    storage_extension TEXT    NOT NULL,
    uploaded_by       TEXT    NOT NULL,
    updated_at        INTEGER NOT NULL,
    revision          INTEGER NOT NULL,
    UNIQUE (matter_id, metadata_hash)
) STRICT;

-- Where the records say each content lies; usually in one place.
CREATE TABLE content (
    file_hash BLOB    NOT NULL CHECK (length(file_hash) = 32),
    matter_id TEXT    NOT NULL,
    extension TEXT    NOT NULL,
    size      INTEGER NOT NULL CHECK (size >= 0),
    PRIMARY KEY (file_hash, matter_id, extension)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_revision ON record (revision);

-- The folders events name, each once.
CREATE TABLE folder (
    key   INTEGER PRIMARY KEY,
    -- The path in readable form, and its bytes where the text cannot carry them; else no bytes.
    path  TEXT    NOT NULL,
    exact BLOB    NOT NULL,
    UNIQUE (path, exact)
) STRICT;

-- Who files from where with what: the same for thousands of events.
CREATE TABLE filer (
    key         INTEGER PRIMARY KEY,
    user_id     TEXT    NOT NULL,
    device_id   TEXT    NOT NULL,
    app_version TEXT    NOT NULL,
    UNIQUE (user_id, device_id, app_version)
) STRICT;

CREATE TABLE event (
    id            BLOB    PRIMARY KEY CHECK (length(id) = 16),
    matter_id     TEXT    NOT NULL REFERENCES matter (id),
    drop_id       BLOB    NOT NULL CHECK (length(drop_id) = 16),
    -- 0 interrupted, 1 success, 2 failed, 3 skipped.
    kind          INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    timestamp     INTEGER NOT NULL,
    file_name     TEXT    NOT NULL,
    -- The bytes of the name where the text cannot carry them.
    file_exact    BLOB,
    folder        INTEGER NOT NULL REFERENCES folder (key),
    file_hash     BLOB    NOT NULL CHECK (length(file_hash) = 32),
    metadata_hash BLOB    NOT NULL CHECK (length(metadata_hash) = 32),
    size          INTEGER NOT NULL CHECK (size >= 0),
    last_modified INTEGER NOT NULL,
    filer         INTEGER NOT NULL REFERENCES filer (key),
    -- Why it failed.
    reason        TEXT,
    revision      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX event_drop ON event (drop_id, id);
CREATE INDEX event_matter ON event (matter_id, id);
CREATE INDEX event_revision ON event (revision);

-- `drop` is a word of SQL.
CREATE TABLE filed_drop (
    id           BLOB    PRIMARY KEY CHECK (length(id) = 16),
    matter_id    TEXT    NOT NULL REFERENCES matter (id),
    user_id      TEXT    NOT NULL,
    device_id    TEXT    NOT NULL,
    started      INTEGER NOT NULL,
    finished     INTEGER,
    stored       INTEGER NOT NULL,
    skipped      INTEGER NOT NULL,
    failed       INTEGER NOT NULL,
    left_out     INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    bytes_stored INTEGER NOT NULL,
    revision     INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE drop_source (
    drop_id BLOB    NOT NULL REFERENCES filed_drop (id),
    seq     INTEGER NOT NULL,
    path    TEXT    NOT NULL,
    PRIMARY KEY (drop_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE drop_folder (
    drop_id       BLOB    NOT NULL REFERENCES filed_drop (id),
    seq           INTEGER NOT NULL,
    path          TEXT    NOT NULL,
    exact         BLOB,
    last_modified INTEGER NOT NULL,
    PRIMARY KEY (drop_id, seq)
) STRICT, WITHOUT ROWID;

-- What the file system said of a blob when its content was known to be right. While all of it is the same, nothing
-- has touched the content. A cache: without a row, the blob is read again.
CREATE TABLE blob_stamp (
    -- The inode; where there is none to be had, a number made of the path.
    file      INTEGER PRIMARY KEY,
    device    INTEGER NOT NULL,
    file_hash BLOB    NOT NULL CHECK (length(file_hash) = 32),
    size      INTEGER NOT NULL,
    -- Modified and change time, in nanoseconds since 1970.
    modified  INTEGER NOT NULL,
    changed   INTEGER NOT NULL
) STRICT;
