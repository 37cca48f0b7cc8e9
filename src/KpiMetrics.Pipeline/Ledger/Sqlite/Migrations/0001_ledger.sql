-- The ledger: who said what of which figure, and when we heard it. Nothing here is ever changed or deleted.

-- Tells this ledger from any other that may come to lie at the same path.
CREATE TABLE ledger_identity (id TEXT NOT NULL);

INSERT INTO ledger_identity VALUES (lower(hex(randomblob(16))));

CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    set_code  TEXT NOT NULL,
    indicator TEXT NOT NULL,
    measure   TEXT NOT NULL,
    subject   TEXT NOT NULL, -- '' for a measure that is one figure
    area      TEXT NOT NULL, -- identity, not code: 24@2025-07-01
    freq      TEXT NOT NULL, -- SDMX letter
    UNIQUE (set_code, indicator, measure, subject, area, freq)
);

CREATE TABLE source (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE report (
    id          INTEGER PRIMARY KEY,
    set_code    TEXT NOT NULL,
    source_id   INTEGER NOT NULL REFERENCES source (id),
    name        TEXT NOT NULL,
    received_at INTEGER NOT NULL, -- milliseconds since 1970, UTC, as all instants here
    stated      INTEGER NOT NULL, -- 1: the sender named the instant
    recorded    INTEGER NOT NULL,
    repeated    INTEGER NOT NULL,
    refused     INTEGER NOT NULL
);

CREATE TABLE observation (
    series_id   INTEGER NOT NULL,
    period      INTEGER NOT NULL, -- whole periods of the series' frequency since 1900
    received_at INTEGER NOT NULL,
    source_id   INTEGER NOT NULL,
    vintage     INTEGER NOT NULL, -- 1 estimate, 2 preliminary, 3 official
    report_id   INTEGER NOT NULL,
    number      TEXT,             -- digit for digit; NULL for texts and withdrawals
    text        TEXT,
    status      TEXT NOT NULL,    -- SDMX OBS_STATUS
    note        TEXT,
    PRIMARY KEY (series_id, period, received_at, source_id, vintage, report_id)
) WITHOUT ROWID;

CREATE TRIGGER observation_is_never_changed BEFORE UPDATE ON observation
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER observation_is_never_deleted BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The last time a source repeated its latest statement: what would otherwise be a row for every repetition.
CREATE TABLE confirmation (
    series_id   INTEGER NOT NULL,
    period      INTEGER NOT NULL,
    source_id   INTEGER NOT NULL,
    vintage     INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    report_id   INTEGER NOT NULL,
    PRIMARY KEY (series_id, period, source_id, vintage)
) WITHOUT ROWID;

-- Files whose report is committed but which may still lie in the inbox; the next visit archives them without taking them again.
CREATE TABLE taken_file (
    set_code TEXT NOT NULL,
    file     TEXT NOT NULL, -- name, length and time of writing
    PRIMARY KEY (set_code, file)
) WITHOUT ROWID;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    details TEXT NOT NULL -- JSON
);

-- Keys of figures whose points are still to be published. mark: the audit row of the change.
CREATE TABLE outbox (
    series_id INTEGER NOT NULL,
    period    INTEGER NOT NULL,
    mark      INTEGER NOT NULL,
    marked_at INTEGER NOT NULL,
    PRIMARY KEY (series_id, period)
) WITHOUT ROWID;

CREATE INDEX outbox_by_mark ON outbox (mark, series_id, period);

-- Which fields each point may have in InfluxDB: never fewer than it has.
CREATE TABLE published (
    series_id INTEGER NOT NULL,
    period    INTEGER NOT NULL,
    fields    INTEGER NOT NULL,
    PRIMARY KEY (series_id, period)
) WITHOUT ROWID;

CREATE TABLE refused_point (
    series_id  INTEGER NOT NULL,
    period     INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    refused_at INTEGER NOT NULL,
    PRIMARY KEY (series_id, period)
) WITHOUT ROWID;
