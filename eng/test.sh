#!/usr/bin/env bash
# Builds everything, runs every test and ends with one line: N passed, N failed.
# Exit: 0 all passed, 1 something failed or nothing ran, 2 a tool is missing.
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

configuration=Release
results="$root/artifacts/test-results"
# A project in which no test ends for so long is stopped, and the tests that were running are named.
patience=10m

# The whole solution, or the one without the Functions host, but only where nothing else than packages of the
# Functions host is missing from the package source. Any other failure is a failure.
choose_solution() {
    local log other missing='error NU110[123]: Unable to find (a stable )?package Microsoft\.Azure\.Functions(\.[A-Za-z]+)+'
    log="$(mktemp)"
    trap "rm -f \"$log\"" EXIT
    if dotnet restore "$root/Baotou.Payouts.sln" -v quiet -nologo > "$log" 2>&1; then
        solution="$root/Baotou.Payouts.sln"
        say "Restored the whole solution."
    else
        # NU1102 says on a second line which versions it found instead.
        other="$(grep -E '\berror\b' "$log" | grep -vE "$missing" | grep -vE 'error NU1102: +- Found ' || true)"
        if [ -n "$other" ] || ! grep -qE "$missing" "$log"; then
            cat "$log" >&2
            say "Restoring failed."
            exit 1
        fi
        solution="$root/Baotou.Payouts.Feed.slnf"
        say "The package source here lacks packages of the Functions host:"
        grep -oE "$missing" "$log" | sed 's/.*package /  /' | sort -u >&2
        say "So everything but Baotou.Payouts.Functions is built; its sources are read as syntax by the solution tests."
        dotnet restore "$solution" -v quiet -nologo >&2
    fi
    rm -f "$log"
}

# An attribute of the counters line of a results file.
counter() { grep -o '<Counters [^>]*' "$2" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+'; }

run_tests() {
    local project name file code began total executed succeeded
    for project in "$root"/tests/*/*.Tests.csproj; do
        name="$(basename "$project" .csproj)"
        file="$results/$name.trx"
        code=0
        began=$SECONDS
        dotnet test "$project" -c "$configuration" --no-build -nologo -v quiet \
            --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
            --logger "console;verbosity=minimal" \
            --blame-hang-timeout "$patience" --blame-hang-dump-type none < /dev/null || code=$?
        say "$name took $((SECONDS - began)) s."
        if [ ! -s "$file" ]; then
            say "$name ended without results (exit code $code)."
            failed=$((failed + 1))
            continue
        fi
        total="$(counter total "$file")"
        executed="$(counter executed "$file")"
        succeeded="$(counter passed "$file")"
        passed=$((passed + succeeded))
        failed=$((failed + executed - succeeded))
        skipped=$((skipped + total - executed))
        if [ "$total" -eq 0 ]; then
            say "$name has no test."
            failed=$((failed + 1))
        elif [ "$code" -ne 0 ] && [ "$executed" -eq "$succeeded" ]; then
            say "$name passed what it ran but ended with exit code $code."
            failed=$((failed + 1))
        fi
    done
}

require_tools
install_azurite
choose_solution
say "Building"
if ! dotnet build "$solution" -c "$configuration" --no-restore -nologo -v quiet -p:UseSharedCompilation=false; then
    say "Building failed."
    exit 1
fi

rm -rf "$results"
passed=0 failed=0 skipped=0
run_tests

summary="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then summary="$summary, $skipped skipped"; fi
echo "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
