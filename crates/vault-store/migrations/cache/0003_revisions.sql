-- The vault's own mark of the form of a record that is kept here, 0 if it gave none: a change is based on it.

PRAGMA user_version = 3;

ALTER TABLE records ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
