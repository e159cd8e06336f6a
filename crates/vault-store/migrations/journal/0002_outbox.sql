-- Changes to clients and matters that the vault has not got yet, in the order in which they were made.

PRAGMA user_version = 2;

CREATE TABLE waiting_edits (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    kind     TEXT    NOT NULL CHECK (kind IN ('client', 'matter')),
    -- The id of the client or matter.
    document TEXT    NOT NULL,
    -- What was written about it: a JSON object.
    fields   TEXT    NOT NULL,
    removed  INTEGER NOT NULL CHECK (removed IN (0, 1)),
    -- The state the edit started from; null for a new document.
    based_on INTEGER,
    made     INTEGER NOT NULL,
    -- Why the vault would not have it.
    refused  TEXT,
    UNIQUE (kind, document)
) STRICT;
