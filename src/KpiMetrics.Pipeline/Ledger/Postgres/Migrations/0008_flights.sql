-- A request that was never answered may arrive late: what it carried is published again more than once.
ALTER TABLE publish_flight ADD COLUMN fields BYTEA; -- what is written of each point, four bytes each; NULL: an older build's, any may be

ALTER TABLE publish_flight ADD COLUMN looks INTEGER NOT NULL DEFAULT 0; -- how often it was, since again_at was first set

COMMENT ON COLUMN v_engine.points_in_flight IS
    'How many points are on their way to InfluxDB, or were in a request that was never answered and are looked at again';
