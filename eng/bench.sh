#!/usr/bin/env bash
# What taking from one pool costs in several ways, side by side on one emulator, and what deciding and folding cost in memory: time and bytes allocated, each against
# a baseline of the same run. Argument: how many payouts (9900).
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

require_tools
install_azurite
say "Building"
dotnet build "$root/eng/bench" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
exec dotnet "$root/eng/bench/bin/Release/net10.0/Baotou.Payouts.Bench.dll" "$@"
