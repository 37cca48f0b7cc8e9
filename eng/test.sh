#!/usr/bin/env bash
# Everything that must hold before a change lands: format, build without warnings, all tests with their real servers.
# With --faults [MINUTES] only the fault tests, for an hour or so many minutes, with two workers on PostgreSQL where it is there; what follows is given to them (see CONTRIBUTING.md).
# With --year [SEED [KILLS]] only the simulated year.
# Ends with the line 'N passed, N failed, N skipped' from the tests' own result files; exits non-zero on any failure.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v dotnet >/dev/null; then
    echo "eng/test.sh needs the .NET SDK of global.json: https://learn.microsoft.com/dotnet/core/install/linux" >&2
    exit 1
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$PWD/artifacts/test-results
rm -rf "$results"

while IFS= read -r line; do
    [ -n "$line" ] && export "${line?}"
done < <(eng/get-servers.sh)

if [ "${1:-}" = --year ]; then
    year=$PWD/artifacts/year
    rm -rf "$year"
    mkdir -p "$year"
    dotnet build tests/KpiMetrics.Simulation --configuration Release
    exec dotnet run --no-build --configuration Release --project tests/KpiMetrics.Simulation -- \
        year "$year" "${2:-7}" "${3:-50}" ../shared/data/areas/communes-2025.csv
fi

if [ "${1:-}" = --faults ]; then
    shift
    minutes=60
    if [ -n "${1:-}" ] && [ "${1#--}" = "$1" ]; then
        minutes=$1
        shift
    fi
    mkdir -p artifacts
    dotnet build tests/KpiMetrics.Faults --configuration Release
    exec dotnet run --no-build --configuration Release --project tests/KpiMetrics.Faults -- \
        --minutes "$minutes" --report artifacts/faults.json "$@"
fi

echo "== format"
dotnet tool restore >/dev/null
dotnet csharpier check .

echo "== build"
dotnet build KpiMetrics.sln --configuration Release

echo "== test"
failed=0
for project in tests/KpiMetrics.Tests tests/KpiMetrics.ServerTests; do
    name=$(basename "$project")
    dotnet test "$project" --configuration Release --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" || failed=1
    # A run that died leaves no result file: that is a failure, not zero tests.
    [ -s "$results/$name.trx" ] || { echo "$name left no results" >&2; failed=1; }
done

# count PATTERN: how many results of all projects match it
count() {
    cat "$results"/*.trx 2>/dev/null | tr '>' '\n' | grep '<UnitTestResult ' | grep -c "$1" || true
}
total=$(count 'outcome=')
passed=$(count 'outcome="Passed"')
skipped=$(count 'outcome="NotExecuted"')
broken=$((total - passed - skipped))
echo "$passed passed, $broken failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$broken" = 0 ] && [ "$passed" -gt 0 ]
