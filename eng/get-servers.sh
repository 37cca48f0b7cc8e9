#!/usr/bin/env bash
# Finds the servers that tests run against, or unpacks Debian's packages of them beside the repository's other build results.
# Nothing is installed into the system and no service is started: the tests start and stop them on 127.0.0.1.
# Prints the environment the tests want, as NAME=VALUE lines.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$PWD/artifacts/tools
listed=

root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# have VARIABLE PROGRAM PACKAGE
have() {
    local variable=$1 program=$2 package=$3 found
    if [ -n "${!variable:-}" ]; then
        echo "$variable=${!variable}"
        return
    fi
    found=$(command -v "$program" || true)
    [ -n "$found" ] || found=$(find "$tools/$package" -type f -path "*/bin/$program" -perm -u+x 2>/dev/null | head -n 1 || true)
    if [ -z "$found" ]; then
        echo "getting $package" >&2
        mkdir -p "$tools/$package"
        [ -n "$listed" ] || root apt-get update -qq >&2 || true
        listed=yes
        (cd "$tools" && apt-get download -qq "$package" >&2 && dpkg -x "$package"_*.deb "$package" && rm -f "$package"_*.deb) || true
        found=$(find "$tools/$package" -type f -path "*/bin/$program" -perm -u+x 2>/dev/null | head -n 1 || true)
    fi
    if [ -n "$found" ]; then
        echo "$variable=$found"
    else
        echo "$package could not be had; the tests that need it are skipped at home and fail in CI" >&2
    fi
}

# PG_BIN is the folder with initdb, pg_ctl and postgres: PostgreSQL's own programs find each other and their files from there.
have_postgres() {
    local found package
    if [ -n "${PG_BIN:-}" ]; then
        echo "PG_BIN=$PG_BIN"
        return
    fi
    found=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1 || true)
    if [ -n "$found" ]; then
        echo "PG_BIN=$(dirname "$found")"
        return
    fi
    package=$(apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: \(postgresql-[0-9]*\)$/\1/p' | head -n 1 || true)
    found=$(have PG_INITDB initdb "${package:-postgresql-15}")
    [ -z "$found" ] || echo "PG_BIN=$(dirname "$(readlink -f "${found#*=}")")"
}

# With FAKETIME_LIB the fault tests put the clock of a worker wrong while it runs.
have_faketime() {
    local found
    found=${FAKETIME_LIB:-$(find /usr/lib "$tools/libfaketime" -name 'libfaketimeMT.so.1' 2>/dev/null | head -n 1 || true)}
    if [ -z "$found" ]; then
        mkdir -p "$tools/libfaketime"
        (cd "$tools" && apt-get download -qq libfaketime >&2 && dpkg -x libfaketime_*.deb libfaketime && rm -f libfaketime_*.deb) || true
        found=$(find "$tools/libfaketime" -name 'libfaketimeMT.so.1' 2>/dev/null | head -n 1 || true)
    fi
    if [ -n "$found" ]; then
        echo "FAKETIME_LIB=$found"
    else
        echo "libfaketime could not be had; no clock is put wrong" >&2
    fi
}

have INFLUXD influxd influxdb
have VICTORIA_METRICS victoria-metrics victoria-metrics
have_postgres
have_faketime
