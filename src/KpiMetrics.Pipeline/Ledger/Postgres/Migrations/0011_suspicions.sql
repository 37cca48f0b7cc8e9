-- What stands out from its own past is found now as well: an alert of a kind of its own.

CREATE OR REPLACE VIEW v_alerts AS
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
FROM v_refused_point
UNION ALL
SELECT concat('finding:', f.id),
    CASE finding_sign(f.code) WHEN 'disagreeing' THEN 'disagreement' WHEN 'suspicious' THEN 'anomaly' ELSE 'contradiction' END, 'warning', f.sentence,
    instant(f.found_at), f.set_code, f.indicator, i.name, f.measure, f.freq, time_period(f.freq, f.period), f.area, a.name, COALESCE(m.agency, i.agency),
    nullif(f.source, ''), 'firing', NULL, NULL, NULL, NULL
FROM finding f
    LEFT JOIN catalog_indicator i ON i.set_code = f.set_code AND i.code = f.indicator
    LEFT JOIN catalog_measure m ON m.set_code = f.set_code AND m.code = f.measure
    LEFT JOIN catalog_area a ON a.id = f.area
WHERE f.resolved_at IS NULL;

COMMENT ON VIEW v_finding IS 'Which reported figures contradict each other, cannot be or are not like those of their series, and which were? One row a finding that the engine ever made; it is resolved by a check that no longer finds it, and never deleted.';
COMMENT ON VIEW v_alerts IS 'What must be acted on? One row each: what is late, a source that fails, a point that InfluxDB refused, a contradiction between reported figures, a figure that is not like those of its series.';
COMMENT ON COLUMN v_alerts.kind IS
    'overdue, missing (past grace), incomplete (some measures lack), source-failing, point-refused, contradiction (between reported figures), disagreement (of two sources), anomaly (not like the figures before it or of other areas); more may come';
COMMENT ON COLUMN v_finding.code IS
    'Which check: identity-ratio, identity-sum, identity-difference, identity-equal, at-most, reconcile-months, reconcile-areas, reconcile-cumulative, reconcile-derived, cumulative-fall, sources-differ, not-computable; of figures beside their own past: unit-slip, growth-for-index, sign, missing-then-double, doubled, transposition, stuck, revision-size, level-shift, outlier, sibling-disagreement; more may come';
COMMENT ON COLUMN v_finding.recomputed IS
    'What follows from the figures it is held against, unrounded; of two sources what the other says; of a figure beside its own past what was expected; empty where nothing can be computed';
COMMENT ON COLUMN v_quality.suspicious IS
    'Of those, how many stand out from their own past or from other areas without contradicting anything, and are not explained (sạch)';
