-- What Grafana and others may read: views in plain words, all called v_. What each says, and each of its columns, is in 0006.
-- Views without v_ are parts of others and granted to nobody.

CREATE VIEW figure_now AS
SELECT s.id AS series_id, s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, o.year, o.period AS number,
    CASE WHEN count(*) = 1 THEN (array_agg(ROW(o.received_at, n.name, CASE n.name WHEN 'demo' THEN 2147483647 ELSE COALESCE(t.rank, 0) END,
            o.vintage, o.number, o.text, o.status, o.note, 1, TRUE)::statement))[1]
        ELSE counting(array_agg(ROW(o.received_at, n.name, CASE n.name WHEN 'demo' THEN 2147483647 ELSE COALESCE(t.rank, 0) END,
            o.vintage, o.number, o.text, o.status, o.note, 1, TRUE)::statement))
    END AS said
FROM series s JOIN observation o ON o.series_id = s.id JOIN source n ON n.id = o.source_id
    LEFT JOIN catalog_source t ON t.set_code = s.set_code AND t.source = n.name
GROUP BY s.id, o.year, o.period;

-- Read backwards and only as far as the first figure that stands: one look into each year, however long the history.
CREATE VIEW figure_latest AS
SELECT s.id AS series_id, s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, f.year, f.number, f.said
FROM series s CROSS JOIN LATERAL (
    SELECT * FROM (
        SELECT o.year, o.period AS number,
            CASE WHEN count(*) = 1 THEN (array_agg(ROW(o.received_at, n.name, CASE n.name WHEN 'demo' THEN 2147483647 ELSE COALESCE(t.rank, 0) END,
                    o.vintage, o.number, o.text, o.status, o.note, 1, TRUE)::statement))[1]
                ELSE counting(array_agg(ROW(o.received_at, n.name, CASE n.name WHEN 'demo' THEN 2147483647 ELSE COALESCE(t.rank, 0) END,
                    o.vintage, o.number, o.text, o.status, o.note, 1, TRUE)::statement))
            END AS said
        FROM observation o JOIN source n ON n.id = o.source_id
            LEFT JOIN catalog_source t ON t.set_code = s.set_code AND t.source = n.name
        WHERE o.series_id = s.id
        GROUP BY o.year, o.period ORDER BY o.year DESC, o.period DESC OFFSET 0
    ) AS one
    WHERE (said).number IS NOT NULL OR (said).text IS NOT NULL
    LIMIT 1
) AS f;

CREATE VIEW v_figure AS
SELECT f.set_code, e.name AS set_name, f.indicator, i.name AS indicator_name, f.measure, m.name AS measure_name, m.unit, m.kind,
    f.subject, b.name AS subject_name, f.area, a.name AS area_name, COALESCE(m.agency, i.agency) AS agency, f.freq, f.year,
    time_period(f.freq, f.number) AS period, window_start(f.freq, f.number, w.cutoff, w.minutes) AS starts_at,
    (f.said).number AS value, (f.said).text AS text, (f.said).number IS NULL AND (f.said).text IS NULL AS is_withdrawn, (f.said).status AS status,
    (ARRAY['estimate', 'preliminary', 'official'])[(f.said).vintage] AS vintage, (f.said).revision AS revision,
    instant((f.said).received_at) AS received_at, (f.said).source AS source, (f.said).source = 'demo' AS is_demo, (f.said).note AS note
FROM figure_now f
    LEFT JOIN catalog_set e ON e.code = f.set_code
    LEFT JOIN catalog_indicator i ON i.set_code = f.set_code AND i.code = f.indicator
    LEFT JOIN catalog_measure m ON m.set_code = f.set_code AND m.code = f.measure
    LEFT JOIN catalog_subject b ON b.set_code = f.set_code AND b.measure = f.measure AND b.code = f.subject
    LEFT JOIN catalog_area a ON a.id = f.area
    LEFT JOIN catalog_window w ON w.set_code = f.set_code AND w.indicator = f.indicator
        AND calendar_start(f.freq, f.number) >= w.begins AND calendar_start(f.freq, f.number) < w.ends;

CREATE VIEW v_latest AS
SELECT f.set_code, e.name AS set_name, f.indicator, i.name AS indicator_name, f.measure, m.name AS measure_name, m.unit, m.kind,
    f.subject, b.name AS subject_name, f.area, a.name AS area_name, COALESCE(m.agency, i.agency) AS agency, f.freq, f.year,
    time_period(f.freq, f.number) AS period, window_start(f.freq, f.number, w.cutoff, w.minutes) AS starts_at,
    (f.said).number AS value, (f.said).text AS text, (f.said).status AS status,
    (ARRAY['estimate', 'preliminary', 'official'])[(f.said).vintage] AS vintage, (f.said).revision AS revision,
    instant((f.said).received_at) AS received_at, (f.said).source AS source, (f.said).source = 'demo' AS is_demo, (f.said).note AS note
FROM figure_latest f
    LEFT JOIN catalog_set e ON e.code = f.set_code
    LEFT JOIN catalog_indicator i ON i.set_code = f.set_code AND i.code = f.indicator
    LEFT JOIN catalog_measure m ON m.set_code = f.set_code AND m.code = f.measure
    LEFT JOIN catalog_subject b ON b.set_code = f.set_code AND b.measure = f.measure AND b.code = f.subject
    LEFT JOIN catalog_area a ON a.id = f.area
    LEFT JOIN catalog_window w ON w.set_code = f.set_code AND w.indicator = f.indicator
        AND calendar_start(f.freq, f.number) >= w.begins AND calendar_start(f.freq, f.number) < w.ends;

CREATE VIEW v_revision AS
SELECT f.set_code, f.indicator, i.name AS indicator_name, f.measure, m.name AS measure_name, m.unit, f.subject, f.area, a.name AS area_name, f.freq, f.year,
    time_period(f.freq, f.number) AS period, window_start(f.freq, f.number, w.cutoff, w.minutes) AS starts_at,
    instant(o.received_at) AS received_at, o.source, o.number AS value, o.text, o.number IS NULL AND o.text IS NULL AS is_withdrawn, o.status,
    (ARRAY['estimate', 'preliminary', 'official'])[o.vintage] AS vintage, o.revision, o.is_current, o.note
FROM (
        SELECT s.id AS series_id, s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, o.year, o.period AS number,
            CASE WHEN count(*) = 1 THEN array_agg(ROW(o.received_at, n.name, 0, o.vintage, o.number, o.text, o.status, o.note, 1, TRUE)::statement)
                ELSE weigh(array_agg(ROW(o.received_at, n.name, CASE n.name WHEN 'demo' THEN 2147483647 ELSE COALESCE(t.rank, 0) END,
                    o.vintage, o.number, o.text, o.status, o.note, NULL, FALSE)::statement))
            END AS said
        FROM series s JOIN observation o ON o.series_id = s.id JOIN source n ON n.id = o.source_id
            LEFT JOIN catalog_source t ON t.set_code = s.set_code AND t.source = n.name
        GROUP BY s.id, o.year, o.period
    ) AS f
    CROSS JOIN LATERAL unnest(f.said) AS o
    LEFT JOIN catalog_indicator i ON i.set_code = f.set_code AND i.code = f.indicator
    LEFT JOIN catalog_measure m ON m.set_code = f.set_code AND m.code = f.measure
    LEFT JOIN catalog_area a ON a.id = f.area
    LEFT JOIN catalog_window w ON w.set_code = f.set_code AND w.indicator = f.indicator
        AND calendar_start(f.freq, f.number) >= w.begins AND calendar_start(f.freq, f.number) < w.ends;

-- Obligations as they stand now, by the rules of DESIGN 4.3: what came later than now, by a clock that was ahead, does not count yet.
CREATE VIEW obligation_now AS
SELECT o.duty_id, o.period AS number, o.place_id, d.set_code, d.indicator, d.freq, p.area, o.opens_at, o.due_at, o.lead, o.grace, o.rule, o.agency, o.needs,
    o.lacks, o.created_at, o.first_at, o.complete_at, o.due_now, o.waived, o.void_at, c.now, COALESCE(e.until, o.due_at) AS due,
    COALESCE(e.is_waived, FALSE) AS is_waived,
    CASE
        WHEN e.is_waived THEN 'waived'
        WHEN o.complete_at <= c.now THEN CASE WHEN o.complete_at >= COALESCE(e.until, o.due_at) + 1000 THEN 'received-late' ELSE 'received' END
        WHEN o.first_at <= c.now THEN 'partial'
        WHEN c.now < o.opens_at THEN 'upcoming'
        WHEN c.now >= COALESCE(e.until, o.due_at) + o.grace + 1000 THEN 'missing'
        WHEN c.now >= COALESCE(e.until, o.due_at) + 1000 THEN 'overdue'
        WHEN c.now < COALESCE(e.until, o.due_at) - o.lead THEN 'open'
        ELSE 'due-soon'
    END AS state,
    -- A deadline lasts to the end of its second.
    e.is_waived IS NOT TRUE
        AND CASE WHEN o.complete_at <= c.now THEN o.complete_at ELSE c.now END >= COALESCE(e.until, o.due_at) + 1000 AS is_late
FROM obligation o
    CROSS JOIN (SELECT floor(EXTRACT(EPOCH FROM now()) * 1000)::bigint AS now OFFSET 0) AS c
    JOIN duty d ON d.id = o.duty_id
    JOIN place p ON p.id = o.place_id
    LEFT JOIN (
        SELECT duty_id, period, place_id,
            (array_agg(until ORDER BY at DESC, audit_id DESC) FILTER (WHERE kind IN (1, 2)))[1] AS until,
            (array_agg(kind ORDER BY at DESC, audit_id DESC) FILTER (WHERE kind IN (3, 4)))[1] = 3 AS is_waived
        FROM exemption
        WHERE at <= (SELECT floor(EXTRACT(EPOCH FROM now()) * 1000)::bigint)
        GROUP BY duty_id, period, place_id
    ) AS e ON e.duty_id = o.duty_id AND e.period = o.period AND e.place_id = o.place_id
WHERE o.void_at IS NULL OR o.void_at > c.now;

CREATE FUNCTION state_name(state TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE state
        WHEN 'upcoming' THEN 'chưa đến kỳ'
        WHEN 'open' THEN 'đang chờ báo cáo'
        WHEN 'due-soon' THEN 'sắp đến hạn'
        WHEN 'overdue' THEN 'quá hạn'
        WHEN 'missing' THEN 'thiếu báo cáo'
        WHEN 'partial' THEN 'chưa đủ chỉ tiêu'
        WHEN 'received' THEN 'đã báo cáo đúng hạn'
        WHEN 'received-late' THEN 'báo cáo muộn'
        WHEN 'waived' THEN 'được miễn'
    END
$$;

-- Blaming says whose fault a late one looks like: the instants at which its sources were first asked and first answered decide.
CREATE VIEW v_obligations AS
SELECT o.set_code, o.indicator, i.name AS indicator_name, i.group_name, o.freq, time_period(o.freq, o.number) AS period,
    window_start(o.freq, o.number, w.cutoff, w.minutes) AS starts_at, o.area, a.name AS area_name, g.text AS agency,
    o.state, state_name(o.state) AS state_name, o.is_late, o.now >= o.due + 1000 AS is_due,
    o.state IN ('received', 'received-late') AS is_received, instant(o.opens_at) AS opens_at, instant(o.due) AS due_at, instant(o.due_at) AS first_due_at,
    instant(o.due + o.grace) AS missing_at,
    instant(CASE WHEN o.first_at <= o.now THEN o.first_at END) AS first_received_at,
    instant(CASE WHEN o.complete_at <= o.now THEN o.complete_at END) AS received_at,
    l.text AS lacks, n.text AS needs, r.text AS rule,
    CASE
        WHEN NOT o.is_late THEN NULL
        WHEN o.complete_at <= o.now AND o.complete_at < o.created_at THEN 'reporter'
        WHEN o.complete_at <= o.now AND o.created_at > o.due THEN 'us'
        WHEN NOT COALESCE(i.asked, q.duty_id IS NOT NULL) THEN 'reporter'
        WHEN q.answered_at <= CASE WHEN o.complete_at <= o.now THEN o.due ELSE o.now END THEN 'reporter'
        WHEN q.asked_at <= CASE WHEN o.complete_at <= o.now THEN o.due ELSE o.now END THEN 'source'
        ELSE 'us'
    END AS fault
FROM obligation_now o
    JOIN phrase g ON g.id = o.agency
    JOIN phrase n ON n.id = o.needs
    JOIN phrase r ON r.id = o.rule
    LEFT JOIN phrase l ON l.id = o.lacks
    LEFT JOIN catalog_indicator i ON i.set_code = o.set_code AND i.code = o.indicator
    LEFT JOIN catalog_area a ON a.id = o.area
    LEFT JOIN catalog_window w ON w.set_code = o.set_code AND w.indicator = o.indicator
        AND calendar_start(o.freq, o.number) >= w.begins AND calendar_start(o.freq, o.number) < w.ends
    LEFT JOIN (
        SELECT duty_id, period, min(first_asked_at) AS asked_at, min(first_answered_at) AS answered_at FROM asking GROUP BY duty_id, period
    ) AS q ON q.duty_id = o.duty_id AND q.period = o.number;

-- Counted by numbers, names joined to what is left.
CREATE VIEW v_reporting_rate AS
SELECT c.set_code, g.text AS agency, c.indicator, i.name AS indicator_name, c.freq, c.area, a.name AS area_name,
    c.month AT TIME ZONE 'Asia/Ho_Chi_Minh' AS month, c.expected, c.received, c.on_time,
    round(100.0 * c.received / c.expected, 2) AS received_percent, round(100.0 * c.on_time / c.expected, 2) AS on_time_percent
FROM (
        SELECT o.set_code, o.indicator, o.freq, o.area, o.agency, date_trunc('month', instant(o.due) AT TIME ZONE 'Asia/Ho_Chi_Minh') AS month,
            count(*) AS expected,
            count(*) FILTER (WHERE o.state IN ('received', 'received-late')) AS received,
            count(*) FILTER (WHERE o.state = 'received') AS on_time
        FROM obligation_now o
        WHERE o.now >= o.due + 1000 AND NOT o.is_waived
        GROUP BY o.duty_id, o.place_id, o.agency, month, o.set_code, o.indicator, o.freq, o.area
    ) AS c
    JOIN phrase g ON g.id = c.agency
    LEFT JOIN catalog_indicator i ON i.set_code = c.set_code AND i.code = c.indicator
    LEFT JOIN catalog_area a ON a.id = c.area;

-- By what is open alone: quick whatever the history.
CREATE VIEW v_agency AS
SELECT o.set_code, g.text AS agency,
    count(*) FILTER (WHERE o.is_late) AS late,
    count(*) FILTER (WHERE o.state = 'overdue') AS overdue,
    count(*) FILTER (WHERE o.state = 'missing') AS missing,
    count(*) FILTER (WHERE o.state = 'partial') AS partial,
    count(*) FILTER (WHERE o.state = 'due-soon') AS due_soon,
    count(*) FILTER (WHERE o.state = 'open') AS open,
    instant(min(o.due) FILTER (WHERE o.is_late)) AS late_since,
    instant(min(o.due) FILTER (WHERE o.now < o.due + 1000)) AS next_due_at
FROM obligation_now o JOIN phrase g ON g.id = o.agency
WHERE o.complete_at IS NULL AND o.void_at IS NULL AND o.waived = 0
GROUP BY o.set_code, g.text;

CREATE VIEW v_refused_point AS
SELECT s.set_code, s.indicator, i.name AS indicator_name, s.measure, m.name AS measure_name, s.subject, s.area, a.name AS area_name, s.freq,
    time_period(s.freq, r.period) AS period, r.reason, instant(r.refused_at) AS refused_at
FROM refused_point r JOIN series s ON s.id = r.series_id
    LEFT JOIN catalog_indicator i ON i.set_code = s.set_code AND i.code = s.indicator
    LEFT JOIN catalog_measure m ON m.set_code = s.set_code AND m.code = s.measure
    LEFT JOIN catalog_area a ON a.id = s.area;

-- Of each duty its last question counts; reports are counted among the last 100,000.
CREATE VIEW v_source AS
SELECT COALESCE(q.source, r.source) AS source, COALESCE(q.set_code, r.set_code) AS set_code, q.source IS NOT NULL AS is_asked,
    COALESCE(q.duties, 0) AS duties, COALESCE(q.failing, 0) AS failing, instant(q.asked_at) AS asked_at, instant(q.answered_at) AS answered_at,
    instant(CASE WHEN q.failing > 0 THEN COALESCE(q.answered_at, q.first_asked_at) END) AS failing_since, q.outcome,
    COALESCE(r.reports, 0) AS reports, COALESCE(r.recorded, 0) AS recorded, COALESCE(r.repeated, 0) AS repeated, COALESCE(r.refused, 0) AS refused,
    instant(r.reported_at) AS reported_at
FROM (
        SELECT l.source, d.set_code, count(*) AS duties, count(*) FILTER (WHERE l.failures > 0) AS failing, max(l.last_asked_at) AS asked_at,
            max(l.answered_at) AS answered_at, min(l.first_asked_at) AS first_asked_at,
            (array_agg(l.outcome ORDER BY l.last_asked_at DESC, l.duty_id))[1] AS outcome
        FROM (
            SELECT DISTINCT ON (source, duty_id) source, duty_id, failures, last_asked_at, outcome,
                max(answered_at) OVER w AS answered_at, min(first_asked_at) OVER w AS first_asked_at
            FROM asking WINDOW w AS (PARTITION BY source, duty_id)
            ORDER BY source, duty_id, last_asked_at DESC, failures DESC
        ) AS l JOIN duty d ON d.id = l.duty_id
        GROUP BY l.source, d.set_code
    ) AS q
    FULL JOIN (
        SELECT n.name AS source, r.set_code, count(*) AS reports, sum(r.recorded) AS recorded, sum(r.repeated) AS repeated, sum(r.refused) AS refused,
            max(r.received_at) AS reported_at
        FROM report r JOIN source n ON n.id = r.source_id
        WHERE r.id > (SELECT max(id) - 100000 FROM report)
        GROUP BY n.name, r.set_code
    ) AS r ON r.source = q.source AND r.set_code = q.set_code;

-- What must be acted on as it follows from the ledger. When alerts have rows of their own, these join them: acknowledged and explained by somebody.
CREATE VIEW v_alerts AS
SELECT concat_ws('/', o.set_code, o.indicator, o.freq, time_period(o.freq, o.number), o.area) AS alert,
    CASE WHEN o.state = 'partial' THEN 'incomplete' WHEN o.now >= o.due + o.grace + 1000 THEN 'missing' ELSE 'overdue' END AS kind,
    CASE WHEN o.now >= o.due + o.grace + 1000 THEN 'critical' ELSE 'warning' END AS severity,
    concat(
        CASE WHEN o.state = 'partial' THEN 'Chưa đủ chỉ tiêu: ' WHEN o.now >= o.due + o.grace + 1000 THEN 'Thiếu báo cáo: ' ELSE 'Quá hạn báo cáo: ' END,
        COALESCE(i.name, o.indicator), ', ', COALESCE(a.name, o.area), ', kỳ ', time_period(o.freq, o.number), ' (', g.text, ')'
    ) AS title,
    instant(o.due) AS since, o.set_code, o.indicator, i.name AS indicator_name, NULL::text AS measure, o.freq, time_period(o.freq, o.number) AS period, o.area,
    a.name AS area_name, g.text AS agency, NULL::text AS source, 'firing' AS state, NULL::text AS acknowledged_by, NULL::timestamptz AS acknowledged_at,
    NULL::text AS explanation, NULL::timestamptz AS resolved_at
FROM obligation_now o
    JOIN phrase g ON g.id = o.agency
    LEFT JOIN catalog_indicator i ON i.set_code = o.set_code AND i.code = o.indicator
    LEFT JOIN catalog_area a ON a.id = o.area
WHERE o.complete_at IS NULL AND o.void_at IS NULL AND o.waived = 0 AND o.due_now <= o.now AND o.is_late
UNION ALL
SELECT concat('source:', source, '/', set_code), 'source-failing', CASE WHEN failing = duties THEN 'critical' ELSE 'warning' END,
    format('Nguồn %s không cung cấp được số liệu (%s/%s nhiệm vụ): %s', source, failing, duties, outcome),
    failing_since, set_code, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, source, 'firing', NULL, NULL, NULL, NULL
FROM v_source WHERE failing > 0
UNION ALL
SELECT concat_ws('/', 'point', set_code, measure, nullif(subject, ''), freq, period, area), 'point-refused', 'warning',
    format('InfluxDB từ chối số liệu: %s, %s, kỳ %s: %s', COALESCE(measure_name, measure), COALESCE(area_name, area), period, reason),
    refused_at, set_code, indicator, indicator_name, measure, freq, period, area, area_name, NULL, NULL, 'firing', NULL, NULL, NULL, NULL
FROM v_refused_point;

CREATE VIEW v_set AS
SELECT s.code AS set_code, s.name AS set_name, s.position, s.authority, s.decision, s.decided, s.level, s.home AS area, a.name AS area_name,
    (SELECT count(*) FROM catalog_indicator i WHERE i.set_code = s.code) AS indicators,
    (SELECT count(*) FROM catalog_measure m WHERE m.set_code = s.code) AS measures, s.valid_from, s.valid_to
FROM catalog_set s LEFT JOIN catalog_area a ON a.id = s.home;

CREATE VIEW v_indicator AS
SELECT i.set_code, e.name AS set_name, i.group_code, i.group_name, i.code AS indicator, i.number AS indicator_number, i.name AS indicator_name,
    COALESCE(m.agency, i.agency) AS agency, i.frequencies, i.frequency_printed, i.database, i.owner, i.origin AS data_source, i.asked AS is_asked,
    m.code AS measure, m.number AS measure_number, m.name AS measure_name, m.unit, m.kind,
    CASE WHEN m.rule IS NULL THEN 'reported' ELSE 'derived' END AS basis, m.rule, m.inputs,
    COALESCE(m.valid_from, i.valid_from, e.valid_from) AS valid_from, COALESCE(m.valid_to, i.valid_to, e.valid_to) AS valid_to, m.position
FROM catalog_measure m
    JOIN catalog_indicator i ON i.set_code = m.set_code AND i.code = m.indicator
    JOIN catalog_set e ON e.code = m.set_code;

CREATE VIEW v_area AS
SELECT a.id AS area, a.code, a.name AS area_name, a.level, a.parent, p.name AS parent_name, a.province, v.name AS province_name,
    a.valid_from, a.valid_to,
    (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN a.valid_from AND COALESCE(a.valid_to, 'infinity') AS is_valid, a.latitude, a.longitude, a.surface
FROM catalog_area a LEFT JOIN catalog_area p ON p.id = a.parent LEFT JOIN catalog_area v ON v.id = a.province;

CREATE VIEW v_emergency AS
SELECT e.id AS emergency, e.order_no, u.area, a.name AS area_name, instant(e.from_at) AS starts_at, instant(e.until_at) AS ends_at,
    instant(e.declared_at) AS declared_at, e.declared_by, instant(e.stopped_at) AS stopped_at,
    CASE
        WHEN e.stopped_at IS NOT NULL AND instant(e.until_at) <= now() THEN 'stopped'
        WHEN instant(e.until_at) <= now() THEN 'over'
        WHEN instant(e.from_at) > now() THEN 'planned'
        ELSE 'in-force'
    END AS state,
    instant(e.from_at) <= now() AND now() < instant(e.until_at) AS is_in_force
FROM emergency e CROSS JOIN LATERAL unnest(string_to_array(e.areas, ' ')) AS u (area) LEFT JOIN catalog_area a ON a.id = u.area;

CREATE VIEW v_schedule_change AS
SELECT c.revision, instant(c.at) AS changed_at, c.target, p.set_code, p.indicator, i.name AS indicator_name, p.freq,
    CASE WHEN c.target LIKE 'source:%' THEN substr(c.target, 8) END AS source, c.actor, c.action, c.reason, c.cron, c.paused = 1 AS is_paused, c.priority,
    c.concurrency, NOT EXISTS (SELECT 1 FROM schedule_change l WHERE l.target = c.target AND l.revision > c.revision) AS is_current
FROM schedule_change c
    CROSS JOIN LATERAL (
        SELECT CASE WHEN c.target NOT LIKE 'source:%' THEN split_part(c.target, '/', 1) END AS set_code,
            CASE WHEN c.target NOT LIKE 'source:%' THEN split_part(c.target, '/', 2) END AS indicator,
            CASE WHEN c.target NOT LIKE 'source:%' THEN nullif(split_part(c.target, '/', 3), '') END AS freq
    ) AS p
    LEFT JOIN catalog_indicator i ON i.set_code = p.set_code AND i.code = p.indicator;

CREATE VIEW v_claim AS
SELECT c.name AS claim, split_part(c.name, '/', 1) AS kind, c.holder, instant(c.until_at) AS held_until, instant(c.until_at) <= now() AS is_expired,
    c.fence AS times_taken
FROM claim c WHERE c.holder IS NOT NULL;

CREATE VIEW v_engine AS
SELECT now() AS at,
    (SELECT count(*) FROM claim WHERE holder IS NOT NULL AND name LIKE 'worker/%' AND instant(until_at) > now()) AS workers,
    (SELECT count(*) FROM claim WHERE holder IS NOT NULL AND name LIKE 'worker/%' AND instant(until_at) <= now()) AS lost_workers,
    (SELECT count(*) FROM claim WHERE holder IS NOT NULL AND name LIKE 'duty/%' AND instant(until_at) > now()) AS questions,
    (SELECT count(*) FROM outbox) AS outbox,
    (SELECT instant(min(marked_at)) FROM outbox) AS outbox_since,
    (SELECT holder FROM publish_lease WHERE instant(until) > now()) AS publisher,
    (SELECT COALESCE(sum(octet_length(points) / 8), 0)::bigint FROM publish_flight) AS points_in_flight,
    (SELECT COALESCE(sum(figures), 0)::bigint FROM publish_rebuild) AS figures_to_rebuild,
    (SELECT count(*) FROM refused_point) AS refused_points,
    (SELECT count(*) FROM obligation WHERE complete_at IS NULL AND void_at IS NULL AND waived = 0
        AND due_now + 1000 <= EXTRACT(EPOCH FROM now()) * 1000) AS late,
    (SELECT count(*) FROM obligation WHERE complete_at IS NULL AND void_at IS NULL AND waived = 0
        AND due_now + 1000 <= EXTRACT(EPOCH FROM now()) * 1000 AND due_now + grace + 1000 <= EXTRACT(EPOCH FROM now()) * 1000) AS missing,
    (SELECT count(DISTINCT emergency) FROM v_emergency WHERE is_in_force) AS emergencies,
    (SELECT instant(max(received_at)) FROM report WHERE id > (SELECT max(id) - 1000 FROM report)) AS reported_at;

-- Readers: the role belongs to whoever administers the server. Every start of the engine grants again what is missing.
CREATE FUNCTION grant_views(reader TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    name TEXT;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA kpi TO %I', reader);
    FOR name IN SELECT viewname FROM pg_catalog.pg_views WHERE schemaname = 'kpi' AND viewname LIKE 'v\_%' LOOP
        EXECUTE format('GRANT SELECT ON kpi.%I TO %I', name, reader);
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION grant_views(TEXT) FROM PUBLIC;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'kpi_reader') THEN
        PERFORM kpi.grant_views('kpi_reader');
    END IF;
END $$;
