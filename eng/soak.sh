#!/usr/bin/env bash
# The long versions of the tests that disturb the engine, each with its figures: every crash point, many seeds, real kills of the host.
# PAYOUTS_SOAK_PARTS names the parts to play, all of them unless given: crash emulator kills seeds.
# Arguments: seeds (100000 unless given), first seed (1), kills (20), crash points on the emulator (2000). Exit: 0 no promise was broken, 1 one was, 2 a tool is missing.
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

export PAYOUTS_SOAK_SEEDS="${1:-100000}" PAYOUTS_SOAK_FIRST="${2:-1}" PAYOUTS_KILLS="${3:-20}" PAYOUTS_CRASH_POINTS="${4:-2000}"

require_tools
install_azurite
say "Building"
for name in Application AzureStorage Local; do
    dotnet build "$root/tests/Baotou.Payouts.$name.Tests" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
done

broken=0
soak() {
    case " ${PAYOUTS_SOAK_PARTS:-crash emulator kills seeds} " in *" $1 "*) ;; *) return 0 ;; esac
    say "$4"
    dotnet test "$root/tests/Baotou.Payouts.$2.Tests" -c Release --no-build -nologo --filter "$3" \
        --logger "console;verbosity=detailed" < /dev/null | grep -vE '^(\[xUnit|Test run for|A total of)' || broken=1
}

soak crash Application "FullyQualifiedName~When_answers_are_lost_or_workers_are_killed" "Every call of every scenario, disturbed in four ways"
soak emulator AzureStorage "FullyQualifiedName~When_a_call_to_azure_fails" "$PAYOUTS_CRASH_POINTS requests to the emulator, disturbed in the client library"
soak kills Local "FullyQualifiedName~Killing_the_host" "$PAYOUTS_KILLS kills of the host"
soak seeds Application "FullyQualifiedName~Playing_many_seeds" "$PAYOUTS_SOAK_SEEDS seeds from $PAYOUTS_SOAK_FIRST on"
[ "$broken" -eq 0 ]
