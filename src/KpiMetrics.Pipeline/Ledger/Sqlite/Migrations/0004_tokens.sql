-- Who may call the API. Of a token's secret only the SHA-256 is kept.

CREATE TABLE token (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL, -- viewer, agency, operator, admin
    agency       TEXT,          -- as the sets print it; NULL unless the role is agency
    set_code     TEXT,          -- NULL: every set
    hash         BLOB NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    created_by   TEXT NOT NULL,
    expires_at   INTEGER,       -- NULL: never
    revoked_at   INTEGER,
    last_used_at INTEGER        -- to the hour or so
);

-- What a push was answered, for as long as its sender may ask again.
CREATE TABLE push_receipt (
    token_id  INTEGER NOT NULL REFERENCES token (id),
    key       TEXT NOT NULL,    -- the sender's Idempotency-Key
    body_hash BLOB NOT NULL,
    report_id INTEGER NOT NULL,
    kept_at   INTEGER NOT NULL,
    answer    BLOB NOT NULL,    -- gzip
    PRIMARY KEY (token_id, key)
);

CREATE INDEX push_receipt_by_age ON push_receipt (kept_at);
