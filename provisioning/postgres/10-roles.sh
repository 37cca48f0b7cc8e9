#!/bin/sh
# Runs once, when the database is made: the ledger's owner and database, and who may read it. The worker's migrations make everything inside.
set -eu
psql --set=ON_ERROR_STOP=1 --no-psqlrc --username="$POSTGRES_USER" --dbname=postgres --quiet <<'SQL'
\getenv kpi_password POSTGRES_PASSWORD
\getenv grafana_password GRAFANA_PASSWORD

CREATE ROLE kpi LOGIN PASSWORD :'kpi_password';

-- What the views are granted to. Migrations make it too where it is missing; but 'kpi' may not make roles.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kpi_reader') THEN
        CREATE ROLE kpi_reader NOLOGIN;
    END IF;
END
$$;

CREATE ROLE grafana LOGIN PASSWORD :'grafana_password' IN ROLE kpi_reader CONNECTION LIMIT 30;
ALTER ROLE grafana SET default_transaction_read_only = on;
-- A board that asks for too much gives up; the ledger goes on.
ALTER ROLE grafana SET statement_timeout = '30s';
ALTER ROLE grafana SET search_path = kpi;
-- Compiling a board's question takes longer than answering it.
ALTER ROLE grafana SET jit = off;

CREATE DATABASE kpi OWNER kpi;
REVOKE CONNECT, TEMPORARY ON DATABASE kpi FROM PUBLIC;
GRANT CONNECT ON DATABASE kpi TO kpi_reader;

-- The superuser needs no password: he comes by the socket, docker compose exec postgres psql.
ALTER ROLE CURRENT_USER PASSWORD NULL;
SQL
