-- Reporting rates of a province's years within a board's patience: counted duty by duty and by numbers, so that a set or an indicator reads its own alone and nothing
-- is sorted by text; names are joined to what is left.
CREATE OR REPLACE VIEW v_reporting_rate AS
SELECT d.set_code, g.text AS agency, d.indicator, i.name AS indicator_name, d.freq, p.area, a.name AS area_name,
    c.month AT TIME ZONE 'Asia/Ho_Chi_Minh' AS month, c.expected, c.received, c.on_time,
    round(100.0 * c.received / c.expected, 2) AS received_percent, round(100.0 * c.on_time / c.expected, 2) AS on_time_percent
FROM duty d
    CROSS JOIN LATERAL (
        SELECT o.place_id, o.agency, date_trunc('month', instant(o.due) AT TIME ZONE 'Asia/Ho_Chi_Minh') AS month,
            count(*) AS expected,
            count(*) FILTER (WHERE o.complete_at <= o.now) AS received,
            count(*) FILTER (WHERE o.complete_at <= o.now AND o.complete_at < o.due + 1000) AS on_time
        FROM obligation_now o
        WHERE o.duty_id = d.id AND o.now >= o.due + 1000 AND NOT o.is_waived
        GROUP BY o.place_id, o.agency, month
    ) AS c
    JOIN place p ON p.id = c.place_id
    JOIN phrase g ON g.id = c.agency
    LEFT JOIN catalog_indicator i ON i.set_code = d.set_code AND i.code = d.indicator
    LEFT JOIN catalog_area a ON a.id = p.area;
