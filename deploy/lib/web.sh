#!/usr/bin/env bash
# Builds the pages of clients/web into the folder DIR. The build calls it (hub/net/assets.cmake).
# npm ci runs only when package-lock.json is newer than what is installed.
#   web.sh DIR
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=${1:?usage: web.sh DIR}
cd "$root/clients/web"
mkdir -p "$root/.build" "$out"
exec 9>"$root/.build/web.lock"
flock 9
installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch "$installed"
fi
ATTUNE_WEB_OUT=$out npm run --silent build -- --outDir "$out" --emptyOutDir
