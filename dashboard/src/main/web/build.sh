#!/bin/sh
# Checks, tests and builds the page in the folder named, in its folder dist; does nothing if the
# sources are those of the last build.
set -eu
from=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
into=$(cd "$1" && pwd)
cd "$from"
sources=$(find . \( -name node_modules -o -name dist \) -prune -o -type f -print | sort)
# shellcheck disable=SC2086
cksum $sources >"$into/sources.new"
if cmp -s "$into/sources.new" "$into/sources"; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "npm must be on the PATH: it builds the dashboard's page" >&2
  exit 1
fi
# Files of sources that are gone must not be built.
rm -rf "$into/src" "$into/dist" "$into/public"
# shellcheck disable=SC2086
tar cf - $sources | (cd "$into" && tar xf -)
cd "$into"
if ! cmp -s package-lock.json installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
  cp package-lock.json installed-lock.json
fi
npm run --silent check
npm run --silent test
npm run --silent build
mv sources.new sources
