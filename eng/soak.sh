#!/usr/bin/env bash
# The long versions of the tests that disturb the engine, each with its figures: every crash point, many seeds, real kills of the host.
# Arguments: seeds (100000 unless given), first seed (1), kills (20). Exit: 0 no promise was broken, 1 one was, 2 a tool is missing.
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

export PAYOUTS_SOAK_SEEDS="${1:-100000}" PAYOUTS_SOAK_FIRST="${2:-1}" PAYOUTS_KILLS="${3:-20}"

require_tools
install_azurite
say "Building"
for name in Application Local; do
    dotnet build "$root/tests/Baotou.Payouts.$name.Tests" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
done

broken=0
soak() {
    say "$3"
    dotnet test "$root/tests/Baotou.Payouts.$1.Tests" -c Release --no-build -nologo --filter "$2" \
        --logger "console;verbosity=detailed" < /dev/null | grep -vE '^(\[xUnit|Test run for|A total of)' || broken=1
}

soak Application "FullyQualifiedName~When_answers_are_lost_or_workers_are_killed" "Every call of every scenario, disturbed in four ways"
soak Local "FullyQualifiedName~Killing_the_host" "$PAYOUTS_KILLS kills of the host"
soak Application "FullyQualifiedName~Playing_many_seeds" "$PAYOUTS_SOAK_SEEDS seeds from $PAYOUTS_SOAK_FIRST on"
[ "$broken" -eq 0 ]
