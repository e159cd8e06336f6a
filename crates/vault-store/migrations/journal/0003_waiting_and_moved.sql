-- Files that wait by themselves, counted and found without going through a million others; and where a person said that a
-- file stands now.

PRAGMA user_version = 3;

-- Those of `waiting` that are tried again at a time of their own.
ALTER TABLE drops ADD COLUMN later INTEGER NOT NULL DEFAULT 0;

-- Null where it stands where it was dropped from.
ALTER TABLE items ADD COLUMN moved_to TEXT;
ALTER TABLE items ADD COLUMN moved_to_exact BLOB;

CREATE INDEX items_waiting ON items (drop_key, seq) WHERE state = 3;
