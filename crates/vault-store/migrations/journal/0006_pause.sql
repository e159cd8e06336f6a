-- Why a drop is paused is a value; until now it was known by its sentence.

PRAGMA user_version = 6;

-- 'blocked' says why in `paused`.
ALTER TABLE drops ADD COLUMN pause TEXT
    CHECK (pause IN ('by_user', 'cancelling', 'awaiting_review', 'blocked') AND (pause = 'blocked') = (paused IS NOT NULL));

UPDATE drops
SET pause = CASE paused
        WHEN 'A person paused it.' THEN 'by_user'
        WHEN 'It is given up as soon as the vault can be asked what it has of it.' THEN 'cancelling'
        WHEN 'Waits in the window to be looked through.' THEN 'awaiting_review'
        ELSE 'blocked'
    END,
    paused = CASE
        WHEN paused IN (
            'A person paused it.',
            'It is given up as soon as the vault can be asked what it has of it.',
            'Waits in the window to be looked through.'
        ) THEN NULL
        ELSE paused
    END
WHERE paused IS NOT NULL;
