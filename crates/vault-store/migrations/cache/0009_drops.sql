-- A drop is of one person to one matter: two with one id are two, and neither takes the place of the other.

PRAGMA user_version = 9;

CREATE TABLE drops_before AS SELECT * FROM drops;

DROP TABLE drops;

CREATE TABLE drops (
    key          INTEGER PRIMARY KEY,
    id           BLOB    NOT NULL CHECK (length(id) = 16),
    matter       INTEGER NOT NULL REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    user         TEXT    NOT NULL,
    device       TEXT    NOT NULL,
    -- The earliest time of an event, or when it was told of.
    started      INTEGER NOT NULL,
    stored       INTEGER NOT NULL DEFAULT 0,
    skipped      INTEGER NOT NULL DEFAULT 0,
    failed       INTEGER NOT NULL DEFAULT 0,
    bytes        INTEGER NOT NULL DEFAULT 0,
    bytes_stored INTEGER NOT NULL DEFAULT 0,
    UNIQUE (id, matter, user)
) STRICT;

INSERT INTO drops (key, id, matter, user, device, started, stored, skipped, failed, bytes, bytes_stored)
SELECT key, id, matter, user, device, started, stored, skipped, failed, bytes, bytes_stored FROM drops_before;

DROP TABLE drops_before;

CREATE INDEX drops_by_matter ON drops (matter, id);
