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
echo "== import"
bench/import_bench.py "$folder/thaw"
echo "== load"
bench/load.py "$folder/thaw"
