#!/usr/bin/env bash
# The main job whole, on this machine: payouts demo, with the arguments given here.
# Standard output is the command's own.
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

require_tools
install_azurite
say "Building"
dotnet build "$root/src/Baotou.Payouts.Local" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
exec dotnet "$root/src/Baotou.Payouts.Local/bin/Release/net10.0/payouts.dll" demo "$@"
