#!/usr/bin/env bash
# Changes the list, or the code that decides, in every small way and shows which changes nothing notices.
# Arguments: none, or the beginning of the ids to try (19-cont-5), for the list; --score for its score alone.
#            --code for the code, and behind it the files to try ('Deciding/*.cs') instead of all that decide.
# Exit with --code: 0 every survivor is explained in docs/mutation.md, 1 one is not, 2 a tool is missing.
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

# $1: the project that is run; the rest are its arguments.
run_project() {
    local project="$root/tests/$1"
    shift
    say "Building"
    dotnet build "$project" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
    exec dotnet "$project/bin/Release/net10.0/$(basename "$project").dll" "$@"
}

if [ "${1:-}" != --code ]; then
    run_project Baotou.Payouts.Catalogue.Mutations "$@"
fi

shift
work="$root/artifacts/mutation"
rm -rf "$work"
say "Building"
dotnet build "$root/tests/Baotou.Payouts.Domain.Tests" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
(
    cd "$root"
    dotnet tool restore >&2
    # In the folder of the project: beside a solution it would try all of it.
    cd src/Baotou.Payouts.Domain
    mutate=()
    for file in "$@"; do mutate+=(--mutate "$file"); done
    dotnet stryker --skip-version-check --output "$work" ${mutate[@]+"${mutate[@]}"} >&2
)
run_project Baotou.Payouts.Domain.Mutations "$root" "$work/reports/mutation-report.json" "$work"
