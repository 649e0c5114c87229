#!/usr/bin/env bash
# Builds the pages, web/ -> web/dist, if anything they are made from has changed; then touches $1.
#
# Safe to be called by several builds at once: one works, the others wait and find it done.
set -euo pipefail
stamp="${1:?usage: web_build.sh STAMP-FILE}"
cd "$(dirname "$0")/.."
if [ -x .tools/bin/node ]; then PATH="$PWD/.tools/bin:$PATH"; fi
mkdir -p build "$(dirname "$stamp")"
exec 9> build/.web-build.lock
flock 9
cd web

lock_hash="$(sha256sum package.json package-lock.json | sha256sum | cut -c1-64)"
if [ "$(cat node_modules/.thaw-lock 2> /dev/null || true)" != "$lock_hash" ]; then
  echo "thaw: installing the packages of web/package-lock.json with npm" >&2
  npm ci --no-audit --no-fund --silent
  echo "$lock_hash" > node_modules/.thaw-lock
fi

sources_hash="$({ find src public -type f -print0 2> /dev/null | sort -z | xargs -0 sha256sum
  find . -maxdepth 1 -type f -print0 | sort -z | xargs -0 sha256sum; } | sha256sum | cut -c1-64)"
if [ "$(cat ../build/.web-built 2> /dev/null || true)" != "$sources_hash" ] || [ ! -d dist ]; then
  npm run --silent build >&2
  echo "$sources_hash" > ../build/.web-built
fi
touch "$stamp"
