#!/usr/bin/env bash
# Puts the packages in place that building (and testing) needs, on Debian 12, and only those that are missing.
#   packages.sh install hub|tests…   what deploy/packages/NAME.txt lists, by apt-get; as root or by sudo
#   packages.sh check hub|tests…     says which of them are missing, and fails if any is
#   packages.sh unpack hub|tests     the few of unpacked.txt into .build/third_party; needs no root
# Fails with one sentence and a non-zero code; does nothing, quickly, when all is there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
third_party=${ATTUNE_THIRD_PARTY:-$root/.build/third_party}
lists=$root/deploy/packages

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
words_of() { sed 's/#.*//' "$lists/$1.txt" | awk 'NF'; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# nodejs from another source brings npm along and conflicts with Debian's own, so a command that works is enough.
present() {
  case $1 in
    nodejs) command -v node ;;
    npm) command -v npm ;;
    pkg-config) command -v pkg-config ;;
    *) [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
  esac >/dev/null 2>&1
}

# Sets missing=(…) to the packages of these lists that are not there.
find_missing() {
  local list package
  missing=()
  for list; do
    while read -r package; do present "$package" || missing+=("$package"); done < <(words_of "$list")
  done
}

check_missing() {
  find_missing "$@"
  [ ${#missing[@]} = 0 ] || fail "These packages are missing: ${missing[*]}"
}

install_missing() {
  find_missing "$@"
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
    fail "These packages are missing and installing them needs root or sudo: ${missing[*]}"
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  as_root apt-get update -qq || fail "apt-get update failed; is the network there?"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "apt-get could not install: ${missing[*]}"
}

# An apt of its own, in a folder that is thrown away: the sources that this machine has for Debian itself, with the
# suite exchanged, and lists of its own. Neither the machine's sources nor its lists change, and no root is needed.
private_apt() {
  local suite=$1 dir=$2 line
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
  # All the sources' settings (mirror, key, options) are kept by editing a copy of the file that names bookworm.
  for line in /etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$line" ] || continue
    case $line in
      *.sources)
        # The first paragraph that has the suite "bookworm" itself.
        awk -v suite="$suite" 'BEGIN { RS=""; ORS="\n\n" }
          !done && /(^|\n)Suites:[^\n]*[ \t]bookworm([ \t]|\n|$)/ {
            sub(/Suites:[^\n]*/, "Suites: " suite); sub(/Components:[^\n]*/, "Components: main"); print; done = 1 }' \
          "$line" > "$dir/private.sources"
        [ ! -s "$dir/private.sources" ] || return 0 ;;
      *)
        awk -v suite="$suite" '!done && $1 == "deb" { for (i = 2; i <= NF; i++) if ($i == "bookworm") {
            $i = suite; $(i + 1) = "main"; NF = i + 1; print; done = 1; break } }' "$line" > "$dir/private.list"
        [ ! -s "$dir/private.list" ] || return 0 ;;
    esac
  done
  fail "No Debian 12 (bookworm) source was found below /etc/apt; Attune is built on Debian 12."
}

# unpack_from SUITE PACKAGE…: download and dpkg -x.
unpack_from() {
  local suite=$1; shift
  local dir; dir=$(mktemp -d)
  # shellcheck disable=SC2064 # the path is wanted as it is now
  trap "rm -rf '$dir'" EXIT
  private_apt "$suite" "$dir"
  # An empty SourceParts folder: apt reads the one file that is ours.
  mkdir -p "$dir/parts"; find "$dir" -maxdepth 1 -name 'private.*' -exec mv {} "$dir/parts/" \;
  local opts=(-o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$dir/parts" -o "Dir::State::Lists=$dir/lists"
    -o "Dir::Cache=$dir/cache" -o APT::Sandbox::User= -o Debug::NoLocking=1 -o Dir::Etc::Preferences=/dev/null
    -o Dir::Etc::PreferencesParts=/dev/null)
  apt-get "${opts[@]}" update -qq || fail "apt could not read the suite $suite."
  (cd "$dir" && apt-get "${opts[@]}" download -qq "$@") || fail "apt could not download from $suite: $*"
  mkdir -p "$third_party"
  local deb
  for deb in "$dir"/*.deb; do dpkg-deb -x "$deb" "$third_party"; done
  rm -rf "$dir"; trap - EXIT
}

unpack_missing() {
  local what=$1 stamp package suite
  local -A wanted=()
  while read -r package suite; do
    case $what:$package in hub:*catch2*) continue ;; esac
    stamp=$third_party/.unpacked-$package
    [ -e "$stamp" ] || wanted[$suite]="${wanted[$suite]:-} $package"
  done < <(words_of unpacked)
  for suite in "${!wanted[@]}"; do
    say "Unpacking from $suite:${wanted[$suite]}"
    # shellcheck disable=SC2086 # a list of words
    unpack_from "$suite" ${wanted[$suite]}
    for package in ${wanted[$suite]}; do : > "$third_party/.unpacked-$package"; done
  done
}

verb=${1:-}; shift || true
case $verb in
  install) install_missing "${@:-hub}" ;;
  check) check_missing "${@:-hub}" ;;
  unpack) unpack_missing "${1:-tests}" ;;
  *) fail "usage: packages.sh install|check hub|tests… | packages.sh unpack hub|tests" ;;
esac
