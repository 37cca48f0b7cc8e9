-- Plans: who set what to be reached in which year or part of it, and when we heard it. Nothing here is ever changed or deleted.

CREATE TABLE plan (
    set_code    TEXT NOT NULL,
    measure     TEXT NOT NULL,
    subject     TEXT NOT NULL, -- '' for a measure that is one figure
    area        TEXT NOT NULL, -- identity, not code: 24@2025-07-01
    scheme      TEXT NOT NULL, -- '' for the ordinary plan
    year        INTEGER NOT NULL,
    period      TEXT NOT NULL, -- TIME_PERIOD: the year, or the part of it that is meant
    received_at INTEGER NOT NULL,
    kind        INTEGER NOT NULL, -- 1 assigned, 2 adjusted
    audit_id    INTEGER NOT NULL, -- the row of the report that brought it
    number      TEXT NOT NULL,    -- digit for digit
    decision    TEXT,
    note        TEXT,
    PRIMARY KEY (set_code, measure, subject, area, scheme, year, period, received_at, kind, audit_id)
) WITHOUT ROWID;

CREATE TRIGGER plan_is_never_changed BEFORE UPDATE ON plan
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER plan_is_never_deleted BEFORE DELETE ON plan
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- A plan changes points of all frequencies of its measure, whatever its indicator.
CREATE INDEX series_by_measure ON series (set_code, measure, subject, area);
