-- Two folders of one name can be dropped together: each folder says which of the drop's sources it lies under.

PRAGMA user_version = 5;

-- Null where an older version wrote it, and for the places of files that were dropped by themselves.
ALTER TABLE folders ADD COLUMN source INTEGER;
