-- Points of which something was deleted: InfluxDB may bring it back, so it is looked at later.
CREATE TABLE publish_deleted (
    series_id INTEGER NOT NULL REFERENCES series (id),
    period    INTEGER NOT NULL,
    look_at   INTEGER NOT NULL,
    looks     INTEGER NOT NULL DEFAULT 0, -- how often it was looked at since it was last deleted
    PRIMARY KEY (series_id, period)
) WITHOUT ROWID;

CREATE INDEX publish_deleted_look ON publish_deleted (look_at);
