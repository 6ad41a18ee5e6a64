#!/usr/bin/env bash
# How much dearer it is to ask for a status over HTTP than to read one row, side by side on one emulator and the loopback address alone.
# Arguments: enterprises (200), seconds for each way (10), clients at once (8).
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

require_tools
install_azurite
say "Building"
dotnet build "$root/eng/bench" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
exec dotnet "$root/eng/bench/bin/Release/net10.0/Baotou.Payouts.Bench.dll" status "$@"
