-- The emergency thresholds of the catalog, for boards.

CREATE TABLE catalog_threshold (
    set_code   TEXT COLLATE "C" NOT NULL,
    measure    TEXT COLLATE "C" NOT NULL,
    position   INTEGER NOT NULL, -- within the measure, a number for each level
    code       TEXT COLLATE "C" NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL, -- value, sum, rise
    hours      INTEGER NOT NULL,
    unit       TEXT,
    subjects   TEXT, -- codes, a space between; NULL here and below: all
    areas      TEXT, -- codes, a space between
    margin     NUMERIC NOT NULL,
    readings   INTEGER NOT NULL,
    origin     TEXT,
    level      TEXT COLLATE "C" NOT NULL,
    level_name TEXT NOT NULL,
    value      NUMERIC NOT NULL,
    severity   TEXT NOT NULL,
    PRIMARY KEY (set_code, measure, position)
);

CREATE VIEW v_threshold AS
SELECT t.set_code, m.indicator, i.name AS indicator_name, t.measure, m.name AS measure_name, t.code AS threshold, t.name AS threshold_name, t.kind, t.hours, t.unit,
    t.level, t.level_name, t.value, t.severity, t.margin, t.readings, t.subjects, t.areas, t.origin, t.position
FROM catalog_threshold t
    JOIN catalog_measure m ON m.set_code = t.set_code AND m.code = t.measure
    LEFT JOIN catalog_indicator i ON i.set_code = m.set_code AND i.code = m.indicator;

COMMENT ON VIEW v_threshold IS 'From which figures on an hour is an emergency? One row a level of a threshold; of those of a measure with one code the one that names the area holds, then the one that names the subject.';

DO $$
DECLARE
    one RECORD;
BEGIN
    FOR one IN
        SELECT said.* FROM (VALUES
            ('set_code', 'Code of the indicator set: lao-cai'),
            ('indicator', 'Code of the indicator: LC-A01'),
            ('indicator_name', 'Name of the indicator, as printed; empty where the catalog no longer has it'),
            ('measure', 'Code of the measure: LC-A01.03'),
            ('measure_name', 'Name of the measure, as printed; empty where the catalog no longer has it'),
            ('threshold', 'Code of the threshold within its measure: mua-24h'),
            ('threshold_name', 'What is measured, in Vietnamese: Mưa 24 giờ'),
            ('kind', 'value (the hour itself), sum (of the hours of a window), rise (in an hour, on average over a window)'),
            ('hours', 'Hours of the window; 1 for value'),
            ('unit', 'Unit; of a rise: in an hour'),
            ('level', 'Code of the level within its threshold: bao-dong-2'),
            ('level_name', 'Name of the level, in Vietnamese'),
            ('value', 'From which figure on the level is reached, this figure included'),
            ('severity', 'critical, warning or info, as its alert has it'),
            ('margin', 'How far below the level a figure must lie for the level to fall back'),
            ('readings', 'How many figures in a row must lie there'),
            ('subjects', 'Codes within the breakdown that it holds for, a space between; empty: all that have none of their own with this code'),
            ('areas', 'Codes of the areas that it holds for, a space between; empty: all that have none of their own with this code'),
            ('origin', 'The article that says so, or who set it'),
            ('position', 'Its place in the measure, level by level')
        ) AS said (column_name, comment)
    LOOP
        EXECUTE format('COMMENT ON COLUMN kpi.v_threshold.%I IS %L', one.column_name, one.comment);
    END LOOP;
END $$;

COMMENT ON COLUMN v_alerts.severity IS 'critical (past grace, a source that answers nothing, or a level that says so), warning or info';
COMMENT ON COLUMN v_alerts.since IS 'Since when: the due instant, the last answer, the refusal, when it was first found, the hour in which the level was reached';
