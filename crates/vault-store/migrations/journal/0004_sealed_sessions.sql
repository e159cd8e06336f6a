-- By what an upload is found again is sealed by the vault that began it. What stood here before was the address itself, with
-- which anybody could have gone on with the upload; those uploads are begun anew.

PRAGMA user_version = 4;

UPDATE items SET session_url = NULL, session_offset = NULL WHERE session_url IS NOT NULL;

ALTER TABLE items RENAME COLUMN session_url TO session;
