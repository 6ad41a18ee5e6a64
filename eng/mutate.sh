#!/usr/bin/env bash
# Changes the list in every small way and shows which changes no case notices, each with a case that would.
# Arguments: the beginning of the ids to try (19-cont-5); --score for the score alone.
set -euo pipefail
# shellcheck source=eng/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

project="$root/tests/Baotou.Payouts.Catalogue.Mutations"
say "Building"
dotnet build "$project" -c Release -nologo -v quiet -p:UseSharedCompilation=false >&2
exec dotnet "$project/bin/Release/net10.0/Baotou.Payouts.Catalogue.Mutations.dll" "$@"
