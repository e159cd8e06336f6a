-- Changes that wait to be sent, shown over what the vault has. The journal keeps them; these are put back from there.

PRAGMA user_version = 2;

CREATE TABLE waiting_clients (
    id         TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    phone      TEXT    NOT NULL,
    street     TEXT    NOT NULL,
    city       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    zip        TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    removed    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE waiting_matters (
    key         INTEGER PRIMARY KEY REFERENCES matter_keys (key) DEFERRABLE INITIALLY DEFERRED,
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    client      TEXT,
    number      TEXT    NOT NULL,
    number_key  TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    priority    TEXT    NOT NULL,
    assigned_to TEXT    NOT NULL,
    opened      INTEGER,
    due         INTEGER,
    updated_at  INTEGER NOT NULL,
    removed     INTEGER
) STRICT;

-- What is shown of clients and matters.

CREATE VIEW shown_clients AS
SELECT id, name, name_key, email, phone, street, city, state, zip, status, updated_at, removed
FROM clients c WHERE NOT EXISTS (SELECT 1 FROM waiting_clients w WHERE w.id = c.id)
UNION ALL
SELECT id, name, name_key, email, phone, street, city, state, zip, status, updated_at, removed FROM waiting_clients;

CREATE VIEW shown_matters AS
SELECT key, title, description, client, number, number_key, status, priority, assigned_to, opened, due, updated_at,
       removed, 0 AS waiting
FROM matters m WHERE NOT EXISTS (SELECT 1 FROM waiting_matters w WHERE w.key = m.key)
UNION ALL
SELECT key, title, description, client, number, number_key, status, priority, assigned_to, opened, due, updated_at,
       removed, 1
FROM waiting_matters;
