#!/usr/bin/env bash
# Builds the pages of clients/web into the folder DIR. The build calls it (hub/net/assets.cmake).
#   web.sh DIR
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=${1:?usage: web.sh DIR}
"$root/deploy/lib/npm_ci.sh" "$root/clients/web"
mkdir -p "$out"
cd "$root/clients/web"
npm run --silent build -- --out "$out"
