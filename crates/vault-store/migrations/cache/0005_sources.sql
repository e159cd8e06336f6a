-- Which of its drop's sources each event came from, and the sources one by one, so that the path of one is found without
-- reading a list of thousands.

PRAGMA user_version = 5;

-- Null where an older version wrote the event.
ALTER TABLE events ADD COLUMN source INTEGER;

-- Readable paths.
CREATE TABLE sources (
    drop_key INTEGER NOT NULL REFERENCES drops (key) DEFERRABLE INITIALLY DEFERRED,
    place    INTEGER NOT NULL,
    path     TEXT    NOT NULL,
    PRIMARY KEY (drop_key, place)
) STRICT, WITHOUT ROWID;

INSERT INTO sources (drop_key, place, path)
SELECT s.drop_key, w.key, w.value FROM summaries s, json_each(s.sources) w;

ALTER TABLE summaries DROP COLUMN sources;
