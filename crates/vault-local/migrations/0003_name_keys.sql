-- Numbers of matters are compared in another form, in which two that older versions took for different can be the same:
-- both stay. Whether a number is free is asked in the transaction that writes it.

PRAGMA user_version = 3;

DROP INDEX matter_number;
CREATE INDEX matter_number ON matter (number_key) WHERE removed IS NULL AND number_key <> '';

-- The form that `number_key` has; where it is another than this version makes, the keys are made anew.
CREATE TABLE name_keys (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    form INTEGER NOT NULL
) STRICT;

INSERT INTO name_keys (one, form) VALUES (1, 0);
