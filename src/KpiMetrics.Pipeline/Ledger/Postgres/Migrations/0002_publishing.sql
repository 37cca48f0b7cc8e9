-- Who publishes, what is on its way to InfluxDB, and by what all of it was computed.

-- urgent: hours, which somebody waits for; taken ahead of all else, however long that has waited.
ALTER TABLE outbox ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;

DROP INDEX outbox_by_mark;

CREATE INDEX outbox_by_turn ON outbox (urgent DESC, mark, series_id, period);

-- One row. The fence grows with every holder; who holds an older one may write nothing here.
CREATE TABLE publish_lease (
    fence  BIGINT NOT NULL,
    holder TEXT,             -- NULL: given back
    until  BIGINT NOT NULL  -- when others may take it from a holder that says nothing
);

INSERT INTO publish_lease VALUES (0, NULL, 0);

-- Points that are being written, or were when their writer was last heard of.
CREATE TABLE publish_flight (
    fence    BIGINT NOT NULL,
    number   INTEGER NOT NULL,
    points   BYTEA NOT NULL,   -- series and period, four bytes each, little end first
    again_at BIGINT,         -- from when they are to be published again, their writer having lost its lease
    PRIMARY KEY (fence, number)
);

-- At most one row: everything is to be published again, measure by measure.
CREATE TABLE publish_rebuild (
    mark      BIGINT NOT NULL, -- grows with each time it was asked for
    marked_at BIGINT NOT NULL,
    figures   BIGINT NOT NULL, -- about how many are left
    done      TEXT NOT NULL     -- the measure that was done last, '' before the first
);

-- At most one row: by which catalog and build the points were computed.
CREATE TABLE published_by (fingerprint TEXT NOT NULL);
