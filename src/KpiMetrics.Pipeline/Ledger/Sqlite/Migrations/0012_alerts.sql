-- Alerts, and all that ever happened to them. An alert's row is what its events have left.

CREATE TABLE alert (
    id              INTEGER PRIMARY KEY,
    key             TEXT NOT NULL UNIQUE, -- lao-cai/LC-A01/M/2026-10/02671@2025-07-01, source:so-y-te/lao-cai, finding:7, ...
    kind            TEXT NOT NULL,
    severity        TEXT NOT NULL,
    title           TEXT NOT NULL,        -- Vietnamese
    since           INTEGER NOT NULL,
    set_code        TEXT NOT NULL,
    indicator       TEXT,                 -- NULL here and below: it is of none
    measure         TEXT,
    freq            TEXT,                 -- SDMX letter
    period          INTEGER,              -- whole periods of the frequency since 1900
    area            TEXT,                 -- identity, not code: 24@2025-07-01
    agency          TEXT,
    source          TEXT,
    held_by         TEXT,                 -- key of the alert that it follows from while that one is open
    state           TEXT NOT NULL,
    audience        TEXT NOT NULL,        -- the highest that hear of it
    fired_at        INTEGER NOT NULL,
    counts_from     INTEGER NOT NULL,     -- from when on its office could act
    changed_at      INTEGER NOT NULL,
    steps           INTEGER NOT NULL,     -- how many events it had
    acknowledged_by TEXT,
    acknowledged_at INTEGER,
    explained_by    TEXT,
    explained_at    INTEGER,
    explanation     TEXT,
    link            TEXT,
    resolved_at     INTEGER,
    evidence        TEXT,
    doubted_at      INTEGER               -- when a person opened it again: older evidence does not close it
);

CREATE INDEX alert_live ON alert (set_code) WHERE state <> 'resolved';

CREATE INDEX alert_resolved ON alert (resolved_at) WHERE state = 'resolved';

-- Nothing here is ever changed or deleted.
CREATE TABLE alert_event (
    alert_id INTEGER NOT NULL,
    number   INTEGER NOT NULL, -- from 1, without gaps
    at       INTEGER NOT NULL,
    step     TEXT NOT NULL,
    who      TEXT NOT NULL,
    why      TEXT NOT NULL,
    details  TEXT NOT NULL,    -- JSON: what was seen, who hears of it
    PRIMARY KEY (alert_id, number)
) WITHOUT ROWID;

CREATE TRIGGER alert_event_is_never_changed BEFORE UPDATE ON alert_event
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER alert_event_is_never_deleted BEFORE DELETE ON alert_event
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
