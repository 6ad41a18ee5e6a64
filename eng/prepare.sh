# Steps that test.sh and demo.sh have in common. Sourced, not run.
# Everything said here goes to standard error, so that a caller's --json stays one document.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Build servers that outlive the script would keep a CI run open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*" >&2; }

# Stops with 2 and says what to install when a tool is missing or too old.
require_tools() {
    local missing=0 major
    if ! command -v dotnet >/dev/null; then
        say "dotnet is missing. Install the .NET SDK 10.0 (Debian, Ubuntu: dotnet-sdk-10.0)."
        missing=1
    elif ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
        say "No .NET SDK fits global.json. Install the .NET SDK 10.0 (Debian, Ubuntu: dotnet-sdk-10.0)."
        missing=1
    fi
    if ! command -v node >/dev/null; then
        say "node is missing. Install Node.js 20 or newer (Debian, Ubuntu: nodejs)."
        missing=1
    else
        major="$(node -p 'process.versions.node.split(".")[0]')"
        if [ "$major" -lt 20 ]; then
            say "node $(node --version) is too old. Install Node.js 20 or newer."
            missing=1
        fi
    fi
    if ! command -v npm >/dev/null; then
        say "npm is missing. It comes with Node.js 20 or newer (Debian, Ubuntu: npm)."
        missing=1
    fi
    [ "$missing" -eq 0 ] || exit 2
}

# The storage emulator, exactly as locked; skipped when the lock file has not changed since.
install_azurite() {
    local folder="$root/eng/azurite" lock stamp
    lock="$(cksum < "$folder/package-lock.json")"
    stamp="$folder/node_modules/.installed-lock"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ]; then
        return
    fi
    say "Installing Azurite"
    (cd "$folder" && npm ci --no-progress --loglevel=error) >&2
    printf '%s\n' "$lock" > "$stamp"
}
