#!/bin/sh
# Installs the locked packages into the folder named, unless this lock's packages are there already.
set -eu
from=$(cd "$(dirname "$0")" && pwd)
into=$1

if cmp -s "$from/package-lock.json" "$into/installed-lock.json"; then
  exit 0
fi
mkdir -p "$into"
cp "$from/package.json" "$from/package-lock.json" "$into/"
cd "$into"
npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
cp package-lock.json installed-lock.json
