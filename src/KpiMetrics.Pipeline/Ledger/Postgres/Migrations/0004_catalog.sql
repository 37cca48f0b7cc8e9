-- What views need beside the ledger itself: the catalog's names and rules, and what periods and statements mean.
-- Names of tables and functions have their schema where they are looked up when a query runs: readers need not search it.

-- The catalog as the worker that started last has it. Replaced as a whole, never an answer to what a figure is.

CREATE TABLE catalog_state (fingerprint TEXT NOT NULL);

CREATE TABLE catalog_set (
    code       TEXT COLLATE "C" PRIMARY KEY,
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    authority  TEXT NOT NULL,
    decision   TEXT NOT NULL,
    decided    TEXT NOT NULL, -- ISO date, or year and month where the day is not printed
    level      TEXT NOT NULL, -- country, province, commune
    home       TEXT COLLATE "C", -- area
    valid_from DATE,
    valid_to   DATE
);

-- The set's order of trust: 0 the most trusted; so is whom it does not name.
CREATE TABLE catalog_source (
    set_code TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    rank     INTEGER NOT NULL,
    PRIMARY KEY (set_code, source)
);

CREATE TABLE catalog_indicator (
    set_code          TEXT COLLATE "C" NOT NULL,
    code              TEXT COLLATE "C" NOT NULL,
    position          INTEGER NOT NULL,
    group_code        TEXT NOT NULL,
    group_name        TEXT NOT NULL,
    number            TEXT NOT NULL,
    name              TEXT NOT NULL,
    agency            TEXT NOT NULL,
    frequencies       TEXT NOT NULL, -- SDMX letters, finest first, a space between
    frequency_printed TEXT,
    database          TEXT,
    owner             TEXT,
    origin            TEXT,
    asked             BOOLEAN NOT NULL, -- some source is asked for it; otherwise offices send
    valid_from        DATE,
    valid_to          DATE,
    PRIMARY KEY (set_code, code)
);

CREATE TABLE catalog_measure (
    set_code   TEXT COLLATE "C" NOT NULL,
    code       TEXT COLLATE "C" NOT NULL,
    indicator  TEXT COLLATE "C" NOT NULL,
    position   INTEGER NOT NULL,
    number     TEXT,
    name       TEXT NOT NULL,
    unit       TEXT,
    kind       TEXT NOT NULL,
    rule       TEXT, -- NULL: reported
    inputs     TEXT, -- codes of measures, a space between
    agency     TEXT, -- NULL: the indicator's
    valid_from DATE,
    valid_to   DATE,
    PRIMARY KEY (set_code, code)
);

CREATE TABLE catalog_subject (
    set_code TEXT COLLATE "C" NOT NULL,
    measure  TEXT COLLATE "C" NOT NULL,
    code     TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (set_code, measure, code)
);

-- Which windows an indicator's periods have, by the day on which they begin by the calendar.
CREATE TABLE catalog_window (
    set_code  TEXT COLLATE "C" NOT NULL,
    indicator TEXT COLLATE "C" NOT NULL,
    begins    DATE NOT NULL, -- -infinity for the first
    ends      DATE NOT NULL, -- the day on which the next begins, or infinity
    cutoff    BOOLEAN NOT NULL, -- cutoff-15: months and longer begin on the 15th of the month before
    minutes   INTEGER NOT NULL, -- from midnight to where a day begins
    PRIMARY KEY (set_code, indicator, begins)
);

CREATE TABLE catalog_area (
    id         TEXT COLLATE "C" PRIMARY KEY, -- identity, not code: 24@2025-07-01
    code       TEXT COLLATE "C" NOT NULL,
    name       TEXT NOT NULL,
    level      TEXT NOT NULL,
    parent     TEXT COLLATE "C", -- as the area stands now, or last stood
    province   TEXT COLLATE "C", -- the one it lies in or is
    valid_from DATE NOT NULL,
    valid_to   DATE,
    latitude   NUMERIC,
    longitude  NUMERIC,
    surface    NUMERIC
);

-- Periods are kept as numbers: whole periods of their frequency since 1900 began, which was a Monday. No figure's period needs a table for that.

CREATE FUNCTION calendar_start(freq TEXT, period INTEGER) RETURNS TIMESTAMP LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT TIMESTAMP '1900-01-01' + CASE freq
        WHEN 'H' THEN period * INTERVAL '1 hour'
        WHEN 'D' THEN period * INTERVAL '1 day'
        WHEN 'W' THEN period * INTERVAL '7 days'
        WHEN 'M' THEN period * INTERVAL '1 month'
        WHEN 'Q' THEN period * INTERVAL '3 months'
        WHEN 'S' THEN period * INTERVAL '6 months'
        WHEN 'A' THEN period * INTERVAL '1 year'
    END
$$;

CREATE FUNCTION time_period(freq TEXT, period INTEGER) RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE freq
        WHEN 'H' THEN to_char(kpi.calendar_start(freq, period), 'YYYY-MM-DD"T"HH24')
        WHEN 'D' THEN to_char(kpi.calendar_start(freq, period), 'YYYY-MM-DD')
        WHEN 'W' THEN to_char(kpi.calendar_start(freq, period), 'IYYY"-W"IW')
        WHEN 'M' THEN (1900 + period / 12) || CASE WHEN period % 12 < 9 THEN '-0' ELSE '-' END || (period % 12 + 1)
        WHEN 'Q' THEN (1900 + period / 4) || '-Q' || (period % 4 + 1)
        WHEN 'S' THEN (1900 + period / 2) || '-S' || (period % 2 + 1)
        WHEN 'A' THEN (1900 + period)::text
    END
$$;

-- Where the window begins, by the rule that holds when the period begins by the calendar; NULLs where the catalog knows none: the calendar's own.
CREATE FUNCTION window_start(freq TEXT, period INTEGER, cutoff BOOLEAN, minutes INTEGER)
    RETURNS TIMESTAMPTZ LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (CASE
        WHEN freq = 'H' OR minutes IS NULL THEN kpi.calendar_start(freq, period)
        WHEN cutoff AND freq IN ('M', 'Q', 'S', 'A')
            THEN kpi.calendar_start(freq, period) - INTERVAL '1 month' + INTERVAL '14 days' + minutes * INTERVAL '1 minute'
        ELSE kpi.calendar_start(freq, period) + minutes * INTERVAL '1 minute'
    END) AT TIME ZONE 'Asia/Ho_Chi_Minh'
$$;

-- An instant as the ledger keeps it, milliseconds since 1970; exact, as it is rounded to millionths. Arithmetic with intervals would depend on the
-- session's zone, and so not be merged into what asks.
CREATE FUNCTION instant(at BIGINT) RETURNS TIMESTAMPTZ LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_timestamp(at::float8 / 1000)
$$;

-- One statement as it is weighed against the others of its figure.
CREATE TYPE statement AS (
    received_at BIGINT,
    source      TEXT,
    trust       INTEGER,
    vintage     INTEGER,
    number      NUMERIC,
    text        TEXT,
    status      TEXT,
    note        TEXT,
    revision    INTEGER, -- its place among those that say something new; NULL: it is none of them
    is_current  BOOLEAN
);

-- Which statement of a figure counts, by the rule of CurrentFigure: the most trusted source, of that the newest vintage, of that the newest; who repeats
-- himself says nothing new, so that he undoes nobody's correction. All that were given come back, in order of time.
CREATE FUNCTION weigh(said kpi.statement[]) RETURNS kpi.statement[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    weighed kpi.statement[] := '{}';
    latest  kpi.statement[] := array_fill(NULL::kpi.statement, ARRAY[3]); -- by vintage
    places  INTEGER[] := array_fill(NULL::INTEGER, ARRAY[3]);
    one     kpi.statement;
    other   kpi.statement;
    best    INTEGER;
    news    INTEGER := 0;
    place   INTEGER := 0;
BEGIN
    SELECT min(trust) INTO best FROM unnest(said);
    FOR one IN
        SELECT * FROM unnest(said) AS s
        ORDER BY s.received_at, s.source COLLATE "C", s.vintage, s.number NULLS FIRST, COALESCE(s.number::text, s.text, '') COLLATE "C", s.status COLLATE "C"
    LOOP
        place := place + 1;
        one.revision := NULL;
        one.is_current := FALSE;
        IF one.trust = best THEN
            other := NULL;
            FOR before IN REVERSE place - 1 .. 1 LOOP
                IF weighed[before].source = one.source AND weighed[before].vintage = one.vintage THEN
                    other := weighed[before];
                    EXIT;
                END IF;
            END LOOP;
            IF other.source IS NULL OR NOT kpi.repeats(one, other) THEN
                other := latest[one.vintage];
                IF other.source IS NULL OR NOT kpi.repeats(one, other) THEN
                    news := news + 1;
                    one.revision := news;
                    latest[one.vintage] := one;
                    places[one.vintage] := place;
                END IF;
            END IF;
        END IF;
        weighed := weighed || one;
    END LOOP;
    place := COALESCE(places[3], places[2], places[1]);
    weighed[place].is_current := TRUE;
    RETURN weighed;
END $$;

-- The same digits and status; 1.10 and 1.1 are different statements of one number.
CREATE FUNCTION repeats(one kpi.statement, other kpi.statement) RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT COALESCE((one).number::text, (one).text, '') = COALESCE((other).number::text, (other).text, '')
        AND ((one).number IS NULL) = ((other).number IS NULL) AND (one).status = (other).status
$$;

-- The statement that counts, with how many said something new. Of one statement alone nothing need be asked.
CREATE FUNCTION counting(said kpi.statement[]) RETURNS kpi.statement LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    one    kpi.statement;
    counts kpi.statement;
    news   INTEGER := 0;
BEGIN
    FOREACH one IN ARRAY kpi.weigh(said) LOOP
        IF one.is_current THEN
            counts := one;
        END IF;
        news := GREATEST(news, one.revision);
    END LOOP;
    counts.revision := news;
    RETURN counts;
END $$;
