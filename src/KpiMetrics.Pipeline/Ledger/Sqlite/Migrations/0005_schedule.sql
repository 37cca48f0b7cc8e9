-- What operations changed of the built-in schedule. Every change is a row with all that holds of its target from then on; nothing is ever changed or deleted.

CREATE TABLE schedule_change (
    revision        INTEGER PRIMARY KEY AUTOINCREMENT,
    target          TEXT NOT NULL,    -- lao-cai/LC-C01/H, lao-cai/LC-C01 (all its frequencies), source:so-y-te
    at              INTEGER NOT NULL,
    actor           TEXT NOT NULL,
    reason          TEXT NOT NULL,
    action          TEXT NOT NULL,    -- set, pause, resume, source, revert
    prior           INTEGER,          -- the row a revert goes back to, 0: to no change at all, NULL: nothing left to undo
    cron            TEXT,             -- NULL here and below: nothing is said
    paused          INTEGER,
    paused_revision INTEGER NOT NULL, -- the change that last said so; 0 where none did
    priority        INTEGER,
    concurrency     INTEGER
);

CREATE INDEX schedule_change_by_target ON schedule_change (target, revision);

CREATE TRIGGER schedule_change_is_never_changed BEFORE UPDATE ON schedule_change
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER schedule_change_is_never_deleted BEFORE DELETE ON schedule_change
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
