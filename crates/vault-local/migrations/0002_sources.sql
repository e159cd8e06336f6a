-- Which of its drop's sources an event, or a folder, came from: a number as in `drop_source`. Null where an older version
-- wrote it.

PRAGMA user_version = 2;

ALTER TABLE event ADD COLUMN source INTEGER;
ALTER TABLE drop_folder ADD COLUMN source INTEGER;

CREATE INDEX filed_drop_matter ON filed_drop (matter_id, id);
