-- Which forms what is computed here has: keys of numbers and names, and words of the search index. Where one is of another
-- form than this version makes, it is made anew from what it was computed from.

PRAGMA user_version = 6;

CREATE TABLE forms (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    name_keys INTEGER NOT NULL,
    words     INTEGER NOT NULL
) STRICT;

INSERT INTO forms (one, name_keys, words) VALUES (1, 0, 0);

-- The words of names, folded and separated by spaces. Before a word stands `/` if it is one of the folders around; `~` and
-- `^` stand before what is inside of a word of the name and of a folder.
DROP TABLE record_words;
CREATE VIRTUAL TABLE record_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '/~^'", prefix = '1 2 3 4 5 6 7 8'
);

DROP TABLE folder_words;
CREATE VIRTUAL TABLE folder_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '/~^'", prefix = '1 2 3 4 5 6 7 8'
);

-- Drops are listed in the order in which they were recorded, which is that of their keys; an id tells only what the clock
-- of the computer said that filed.
DROP INDEX drops_by_matter;
CREATE INDEX drops_by_matter ON drops (matter);
