-- What the checks found. A finding is never deleted: it is resolved once a check no longer finds it, and goes on where one finds it again.

CREATE TABLE finding (
    id          INTEGER PRIMARY KEY,
    set_code    TEXT NOT NULL,
    indicator   TEXT NOT NULL,
    measure     TEXT NOT NULL,
    subject     TEXT NOT NULL,    -- '' for a measure that is one figure
    area        TEXT NOT NULL,    -- identity, not code: 24@2025-07-01
    freq        TEXT NOT NULL,    -- SDMX letter
    period      INTEGER NOT NULL, -- whole periods of the frequency since 1900
    code        TEXT NOT NULL,    -- identity-ratio, sources-differ, ...
    source      TEXT NOT NULL,    -- who stated the figure; '' where it does not matter
    against     TEXT NOT NULL,    -- what it is held against: one figure may break several rules of one code
    sentence    TEXT NOT NULL,    -- Vietnamese
    stated      TEXT NOT NULL,    -- here and below: digit for digit
    recomputed  TEXT,             -- NULL here and below: it cannot be computed
    difference  TEXT,
    found_at    INTEGER NOT NULL,
    checked_at  INTEGER NOT NULL, -- when it was last found
    resolved_at INTEGER,          -- NULL: it holds
    UNIQUE (set_code, measure, subject, area, freq, period, code, source, against)
);

CREATE INDEX finding_firing ON finding (set_code, measure) WHERE resolved_at IS NULL;

-- Which sets were checked. One that is not here never was.
CREATE TABLE finding_check (
    set_code   TEXT PRIMARY KEY,
    rules      TEXT NOT NULL,    -- by which catalog and build
    state      INTEGER NOT NULL, -- 0 nothing came since, 1 something did, 2 a check has begun
    checked_at INTEGER           -- when the last check ended
) WITHOUT ROWID;
