#!/usr/bin/env bash
# Runs every bench program of a build folder, then the server under load: bench/run.sh BUILD-FOLDER
set -euo pipefail
folder="${1:?usage: bench/run.sh BUILD-FOLDER}"
cd "$(dirname "$0")/.."
ran=0
for program in "$folder"/*_bench; do
  if [ ! -x "$program" ]; then continue; fi
  echo "== $(basename "$program")"
  "$program"
  ran=$((ran + 1))
done
if [ "$ran" = 0 ]; then echo "bench/run.sh: no bench program in $folder" >&2; exit 1; fi
data="${THAW_SHARED:-../shared}/data"
if [ -d "$data/mechanism/drugmechdb" ]; then
  echo "== recovery of curated mechanism chains (published: a pathway's ends alone give F1 0.546, the best of 8 methods 0.571)"
  "$folder/thaw" evidence bench-paths --data "$data"
  "$folder/thaw" evidence bench-paths --data "$data" --suite drugmechdb
fi
echo "== trials, judged as of the year before"
"$folder/thaw" evidence backtest --db "$(mktemp -d)/backtest.db"
echo "== load"
bench/load.py "$folder/thaw"
