-- Which process does which work just now, and who took it before.

CREATE TABLE claim (
    name     TEXT PRIMARY KEY, -- duty/lao-cai/LC-C01/H/so-y-te, obligations, worker/..., ...
    holder   TEXT,             -- NULL: given back
    fence    INTEGER NOT NULL, -- grows each time it is taken, and the row stays for it
    until_at INTEGER NOT NULL  -- by the clock of the store
) WITHOUT ROWID;

CREATE INDEX claim_held ON claim (name) WHERE holder IS NOT NULL;
