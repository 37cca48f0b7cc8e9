-- Obligations: what must be reported by when. Their instants are frozen; what became of them follows from the observations.

CREATE TABLE duty (
    id        INTEGER PRIMARY KEY,
    set_code  TEXT NOT NULL,
    indicator TEXT NOT NULL,
    freq      TEXT NOT NULL, -- SDMX letter
    planned   INTEGER,       -- the last period whose obligations were created
    UNIQUE (set_code, indicator, freq)
);

CREATE TABLE place (
    id   INTEGER PRIMARY KEY,
    area TEXT NOT NULL UNIQUE -- identity, not code: 24@2025-07-01
);

-- Texts that many rows share: offices, rules, lists of measures.
CREATE TABLE phrase (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

CREATE TABLE obligation (
    duty_id     INTEGER NOT NULL,
    period      INTEGER NOT NULL, -- whole periods of the duty's frequency since 1900
    place_id    INTEGER NOT NULL,
    opens_at    INTEGER NOT NULL,
    due_at      INTEGER NOT NULL, -- as created; never changed
    lead        INTEGER NOT NULL, -- milliseconds
    grace       INTEGER NOT NULL, -- milliseconds
    rule        INTEGER NOT NULL, -- phrase
    agency      INTEGER NOT NULL, -- phrase
    needs       INTEGER NOT NULL, -- phrase: codes of measures, a space between
    created_at  INTEGER NOT NULL,
    whole       INTEGER,          -- of an hour: the day it folds into
    parts       INTEGER NOT NULL, -- of a day: how many hours stand for it; 0: none can
    lacks       INTEGER,          -- phrase: the measures that are not there; NULL: all are
    first_at    INTEGER,
    complete_at INTEGER,
    due_now     INTEGER NOT NULL, -- with extensions
    waived      INTEGER NOT NULL DEFAULT 0,
    void_at     INTEGER,
    PRIMARY KEY (duty_id, period, place_id)
) WITHOUT ROWID;

CREATE INDEX obligation_open ON obligation (duty_id, period, opens_at, due_now)
    WHERE complete_at IS NULL AND void_at IS NULL AND waived = 0;

CREATE INDEX obligation_due ON obligation (due_now)
    WHERE complete_at IS NULL AND void_at IS NULL AND waived = 0;

-- Extensions and waivers, and the end of them. Nothing here is ever changed or deleted.
CREATE TABLE exemption (
    duty_id  INTEGER NOT NULL,
    period   INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    audit_id INTEGER NOT NULL,
    kind     INTEGER NOT NULL, -- 1 extension, 2 its end, 3 waiver, 4 its end
    until    INTEGER,
    who      TEXT NOT NULL,
    why      TEXT NOT NULL,
    PRIMARY KEY (duty_id, period, place_id, at, audit_id)
) WITHOUT ROWID;

CREATE TRIGGER exemption_is_never_changed BEFORE UPDATE ON exemption
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER exemption_is_never_deleted BEFORE DELETE ON exemption
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- By which catalog and rules the obligations were created.
CREATE TABLE obligation_plan (fingerprint TEXT NOT NULL);

-- What each source was asked for, and when it may be asked again.
CREATE TABLE asking (
    source            TEXT NOT NULL,
    duty_id           INTEGER NOT NULL,
    period            INTEGER NOT NULL,
    attempts          INTEGER NOT NULL,
    failures          INTEGER NOT NULL,
    first_asked_at    INTEGER NOT NULL,
    last_asked_at     INTEGER NOT NULL,
    first_answered_at INTEGER,
    answered_at       INTEGER,
    next_at           INTEGER NOT NULL,
    outcome           TEXT NOT NULL,
    PRIMARY KEY (duty_id, period, source)
) WITHOUT ROWID;

CREATE TABLE emergency (
    id          INTEGER PRIMARY KEY,
    order_no    TEXT NOT NULL,
    areas       TEXT NOT NULL, -- identities, a space between
    from_at     INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    declared_at INTEGER NOT NULL,
    declared_by TEXT NOT NULL,
    stopped_at  INTEGER,
    planned     INTEGER NOT NULL DEFAULT 0 -- 1: over, and all its hours' obligations are created
);

-- Which series an obligation is fulfilled by.
CREATE INDEX series_by_duty ON series (set_code, indicator, area, freq, measure);
