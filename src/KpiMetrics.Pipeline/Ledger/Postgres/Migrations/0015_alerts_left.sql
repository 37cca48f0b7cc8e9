-- What was closed later than it was last seen, and is still to be seen, left the configuration or the catalog, of which the ledger knows nothing: duties that a
-- source is asked for no more, findings of a measure that is checked no more. They do not fire on the boards for ever.
CREATE OR REPLACE VIEW v_alerts AS
SELECT c.alert, c.kind, c.severity, c.title, c.since, c.set_code, c.indicator, c.indicator_name, c.measure, c.freq, c.period, c.area, c.area_name, c.agency, c.source,
    COALESCE(l.state, 'firing') AS state, l.acknowledged_by, instant(l.acknowledged_at) AS acknowledged_at,
    nullif(concat_ws(' ', l.explanation, l.link), '') AS explanation, NULL::timestamptz AS resolved_at, l.explained_by
FROM (
        SELECT concat_ws('/', o.set_code, o.indicator, o.freq, time_period(o.freq, o.number), o.area) AS alert,
            CASE WHEN o.state = 'partial' THEN 'incomplete' WHEN o.now >= o.due + o.grace + 1000 THEN 'missing' ELSE 'overdue' END AS kind,
            CASE WHEN o.now >= o.due + o.grace + 1000 THEN 'critical' ELSE 'warning' END AS severity,
            concat(
                CASE WHEN o.state = 'partial' THEN 'Chưa đủ chỉ tiêu: ' WHEN o.now >= o.due + o.grace + 1000 THEN 'Thiếu báo cáo: ' ELSE 'Quá hạn báo cáo: ' END,
                COALESCE(i.name, o.indicator), ', ', COALESCE(a.name, o.area), ', kỳ ', time_period(o.freq, o.number), ' (', g.text, ')'
            ) AS title,
            instant(o.due) AS since, o.set_code, o.indicator, i.name AS indicator_name, NULL::text AS measure, o.freq, time_period(o.freq, o.number) AS period, o.area,
            a.name AS area_name, g.text AS agency, NULL::text AS source, NULL::timestamptz AS seen_at
        FROM obligation_now o
            JOIN phrase g ON g.id = o.agency
            LEFT JOIN catalog_indicator i ON i.set_code = o.set_code AND i.code = o.indicator
            LEFT JOIN catalog_area a ON a.id = o.area
        WHERE o.complete_at IS NULL AND o.void_at IS NULL AND o.waived = 0 AND o.due_now <= o.now AND o.is_late
        UNION ALL
        SELECT concat('source:', source, '/', set_code), 'source-failing', CASE WHEN failing = duties THEN 'critical' ELSE 'warning' END,
            format('Nguồn %s không cung cấp được số liệu (%s/%s nhiệm vụ): %s', source, failing, duties, outcome),
            failing_since, set_code, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, source,
            (
                SELECT instant(max(k.last_asked_at)) FROM asking k JOIN duty d ON d.id = k.duty_id
                WHERE k.failures > 0 AND k.source = q.source AND d.set_code = q.set_code
            )
        FROM v_source q WHERE failing > 0
        UNION ALL
        SELECT concat_ws('/', 'point', set_code, measure, nullif(subject, ''), freq, period, area), 'point-refused', 'warning',
            format('InfluxDB từ chối số liệu: %s, %s, kỳ %s: %s', COALESCE(measure_name, measure), COALESCE(area_name, area), period, reason),
            refused_at, set_code, indicator, indicator_name, measure, freq, period, area, area_name, NULL, NULL, NULL
        FROM v_refused_point
        UNION ALL
        SELECT concat('finding:', f.id),
            CASE finding_sign(f.code) WHEN 'disagreeing' THEN 'disagreement' WHEN 'suspicious' THEN 'anomaly' ELSE 'contradiction' END, 'warning', f.sentence,
            instant(f.found_at), f.set_code, f.indicator, i.name, f.measure, f.freq, time_period(f.freq, f.period), f.area, a.name, COALESCE(m.agency, i.agency),
            nullif(f.source, ''), instant(f.checked_at)
        FROM finding f
            LEFT JOIN catalog_indicator i ON i.set_code = f.set_code AND i.code = f.indicator
            LEFT JOIN catalog_measure m ON m.set_code = f.set_code AND m.code = f.measure
            LEFT JOIN catalog_area a ON a.id = f.area
        WHERE f.resolved_at IS NULL
    ) AS c
    LEFT JOIN alert l ON l.key = c.alert AND l.state <> 'resolved'
WHERE c.seen_at IS NULL
    OR NOT EXISTS (SELECT 1 FROM alert r WHERE r.key = c.alert AND r.state = 'resolved' AND instant(r.resolved_at) > c.seen_at)
UNION ALL
SELECT e.key, e.kind, e.severity, e.title, instant(e.since), e.set_code, e.indicator, i.name, e.measure, e.freq, time_period(e.freq, e.period), e.area, a.name, e.agency,
    e.source, e.state, e.acknowledged_by, instant(e.acknowledged_at), nullif(concat_ws(' ', e.explanation, e.link), ''), instant(e.resolved_at), e.explained_by
FROM (
        SELECT * FROM alert WHERE state = 'resolved' AND resolved_at > floor(EXTRACT(EPOCH FROM now() - INTERVAL '30 days') * 1000)::bigint
        UNION ALL
        SELECT * FROM alert
        WHERE state <> 'resolved'
            AND kind NOT IN ('overdue', 'missing', 'incomplete', 'source-failing', 'point-refused', 'contradiction', 'disagreement', 'anomaly')
    ) AS e
    LEFT JOIN catalog_indicator i ON i.set_code = e.set_code AND i.code = e.indicator
    LEFT JOIN catalog_area a ON a.id = e.area;
