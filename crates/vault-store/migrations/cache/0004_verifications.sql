-- Content of the vault that this computer has verified: 16 bytes of the hash of its path and size.
CREATE TABLE verifications (
    key BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
