#!/usr/bin/env bash
# npm ci in the folder DIR, only when its package-lock.json is newer than what is installed there. One at a time, since
# several build trees may share one clone.
#   npm_ci.sh DIR
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "${1:?usage: npm_ci.sh DIR}"
mkdir -p "$root/.build"
exec 9>"$root/.build/npm.lock"
flock 9
installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch "$installed"
fi
