-- Which process does which work just now, and who took it before.

CREATE TABLE claim (
    name     TEXT COLLATE "C" PRIMARY KEY, -- duty/lao-cai/LC-C01/H/so-y-te, obligations, worker/..., ...
    holder   TEXT,                         -- NULL: given back
    fence    BIGINT NOT NULL,              -- grows each time it is taken, and the row stays for it
    until_at BIGINT NOT NULL               -- by the clock of the server
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX claim_held ON claim (name) WHERE holder IS NOT NULL;
