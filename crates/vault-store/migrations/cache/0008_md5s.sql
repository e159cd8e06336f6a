-- The MD5 of contents that were read on this computer (by half of their SHA-256), to compare with what a storage says of
-- what it has. What earlier versions held to be verified rested in part on what whoever stored an object said of it: it is
-- looked at once more.

PRAGMA user_version = 8;

CREATE TABLE md5s (
    content BLOB PRIMARY KEY,
    md5     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

DELETE FROM verifications;
