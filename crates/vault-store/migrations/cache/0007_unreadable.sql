-- Documents of the firm's vault that cannot be read: set aside, so that nothing else waits for them.

PRAGMA user_version = 7;

CREATE TABLE unreadable (
    document TEXT NOT NULL PRIMARY KEY,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
