-- A vault as version 0.1.0 wrote it before numbers were compared in their composed form.
PRAGMA user_version = 1;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'vault','2026-11-29 19:37:37',1,X'E721BEB1815DEB8F56E333979A9834183145E371ECF975F2EB369C94664AAE9D90B8E20B4D2FCE3EABD1A4255D2BC6FB',2120220);
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
INSERT INTO "blob_stamp" VALUES(10018983,65024,X'98EA6E4F216F2FB4B69FFF9B3A44842C38686CA685F3F55DC48C5D3FB1107BE4',3,1795981059096775926,1795981059096775926);
INSERT INTO "blob_stamp" VALUES(10018984,65024,X'56CC5EEC55DC58C7043AC724F962E41892EF591552DD023A9B81F95958BFFF63',3,1795981059096775926,1795981059096775926);
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
INSERT INTO "client" VALUES('01a228d01f7a75328fba5999f89d03c5','ABC Corp','','','','','','','active',NULL,1795981057914,3);
INSERT INTO "client" VALUES('01a228d01fc97436bfe562a2f48d66e0','abc corp ','','','','','','','active',NULL,1795981057994,4);
CREATE TABLE content (
    file_hash BLOB    NOT NULL CHECK (length(file_hash) = 32),
    matter_id TEXT    NOT NULL,
    extension TEXT    NOT NULL,
    size      INTEGER NOT NULL CHECK (size >= 0),
    PRIMARY KEY (file_hash, matter_id, extension)
) STRICT, WITHOUT ROWID;
INSERT INTO "content" VALUES(X'56CC5EEC55DC58C7043AC724F962E41892EF591552DD023A9B81F95958BFFF63','01a228d0221b76a6be84e68ff0c5468e','txt',3);
INSERT INTO "content" VALUES(X'98EA6E4F216F2FB4B69FFF9B3A44842C38686CA685F3F55DC48C5D3FB1107BE4','01a228d0221b76a6be84e68ff0c5468e','txt',3);
CREATE TABLE drop_folder (
    drop_id       BLOB    NOT NULL REFERENCES filed_drop (id),
    seq           INTEGER NOT NULL,
    path          TEXT    NOT NULL,
    exact         BLOB,
    last_modified INTEGER NOT NULL,
    PRIMARY KEY (drop_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "drop_folder" VALUES(X'01A228D02377718E91C742768082A9A2',0,'box',NULL,1795981058812);
CREATE TABLE drop_source (
    drop_id BLOB    NOT NULL REFERENCES filed_drop (id),
    seq     INTEGER NOT NULL,
    path    TEXT    NOT NULL,
    PRIMARY KEY (drop_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "drop_source" VALUES(X'01A228D02377718E91C742768082A9A2',0,'/home/a/box');
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
INSERT INTO "event" VALUES(X'01A228D023AE77B08D5B550B7110A9CA','01a228d0221b76a6be84e68ff0c5468e',X'01A228D02377718E91C742768082A9A2',1,1795981059376,'Müller.txt',NULL,1,X'98EA6E4F216F2FB4B69FFF9B3A44842C38686CA685F3F55DC48C5D3FB1107BE4',X'60D646FB8EE77C88EE04505F26BDF4BD4D39C14189B9BA72AB513FB98880225F',3,1795981058812,1,NULL,14);
INSERT INTO "event" VALUES(X'01A228D023AE77B08D5B550CF3A7944C','01a228d0221b76a6be84e68ff0c5468e',X'01A228D02377718E91C742768082A9A2',1,1795981059376,'NW0004321.txt',NULL,1,X'56CC5EEC55DC58C7043AC724F962E41892EF591552DD023A9B81F95958BFFF63',X'D2686184C400E3DAFC972D6AE98AEC41CDEA02398152A4413935C5FD74EFDEDC',3,1795981058812,1,NULL,15);
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
INSERT INTO "filed_drop" VALUES(X'01A228D02377718E91C742768082A9A2','01a228d0221b76a6be84e68ff0c5468e','01a228d0-1f5d-759e-b75d-b5ad719a135a','vm-2ce85631',1795981058935,1795981059437,2,0,0,0,6,6,16);
CREATE TABLE filer (
    key         INTEGER PRIMARY KEY,
    user_id     TEXT    NOT NULL,
    device_id   TEXT    NOT NULL,
    app_version TEXT    NOT NULL,
    UNIQUE (user_id, device_id, app_version)
) STRICT;
INSERT INTO "filer" VALUES(1,'01a228d0-1f5d-759e-b75d-b5ad719a135a','vm-2ce85631','0.1.0');
CREATE TABLE folder (
    key   INTEGER PRIMARY KEY,
    -- The path in readable form, and its bytes where the text cannot carry them; else no bytes.
    path  TEXT    NOT NULL,
    exact BLOB    NOT NULL,
    UNIQUE (path, exact)
) STRICT;
INSERT INTO "folder" VALUES(1,'box',X'');
CREATE TABLE identity (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    user_id      TEXT    NOT NULL,
    display_name TEXT    NOT NULL,
    device_id    TEXT    NOT NULL,
    revision     INTEGER NOT NULL
) STRICT;
INSERT INTO "identity" VALUES(1,'01a228d0-1f5d-759e-b75d-b5ad719a135a','anna','vm-2ce85631',1);
CREATE TABLE ledger (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL,
    latest   INTEGER NOT NULL
) STRICT;
INSERT INTO "ledger" VALUES(1,17,1795981059677);
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
INSERT INTO "matter" VALUES('01a228d0202e779ba6e8258177ac5e93','Composed','',NULL,'Ä-7','ä-7','active','medium','',1795910400000,NULL,NULL,1795981058095,5);
INSERT INTO "matter" VALUES('01a228d020e277f796bb0a33ed689cb1','Decomposed','',NULL,'Ä-7','ä-7','active','medium','',1795910400000,NULL,NULL,1795981058281,6);
INSERT INTO "matter" VALUES('01a228d0219b717aa2111e8c1f32afb0','Folded','',NULL,'STRASSE 1','strasse 1','active','medium','',1795910400000,NULL,1795981059677,1795981059677,17);
INSERT INTO "matter" VALUES('01a228d0221b76a6be84e68ff0c5468e','Plain','',NULL,'2024-001','2024-001','active','medium','',1795910400000,1719705600000,NULL,1795981058605,8);
INSERT INTO "matter" VALUES('01a228d022ab7493ac350d52a0fdd76c','Called general','',NULL,'general','general','active','medium','',1795910400000,NULL,NULL,1795981058753,9);
INSERT INTO "matter" VALUES('general','General','Documents of the firm that belong to no client.',NULL,'','','active','medium','',NULL,NULL,NULL,1795981057885,2);
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
INSERT INTO "record" VALUES(1,'01a228d0221b76a6be84e68ff0c5468e',X'60D646FB8EE77C88EE04505F26BDF4BD4D39C14189B9BA72AB513FB98880225F','Müller.txt',1795981058812,X'98EA6E4F216F2FB4B69FFF9B3A44842C38686CA685F3F55DC48C5D3FB1107BE4',3,'box','01a228d0221b76a6be84e68ff0c5468e','txt','01a228d0-1f5d-759e-b75d-b5ad719a135a',1795981059376,12);
INSERT INTO "record" VALUES(2,'01a228d0221b76a6be84e68ff0c5468e',X'D2686184C400E3DAFC972D6AE98AEC41CDEA02398152A4413935C5FD74EFDEDC','NW0004321.txt',1795981058812,X'56CC5EEC55DC58C7043AC724F962E41892EF591552DD023A9B81F95958BFFF63',3,'box','01a228d0221b76a6be84e68ff0c5468e','txt','01a228d0-1f5d-759e-b75d-b5ad719a135a',1795981059376,13);
CREATE UNIQUE INDEX matter_number ON matter (number_key) WHERE removed IS NULL AND number_key <> '';
CREATE INDEX matter_client ON matter (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX record_revision ON record (revision);
CREATE INDEX event_drop ON event (drop_id, id);
CREATE INDEX event_matter ON event (matter_id, id);
CREATE INDEX event_revision ON event (revision);
COMMIT;
