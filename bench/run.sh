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
# The reader against its aims: precision 0.8 at the default threshold, sign 0.85, F1 0.55 at best.
corpora="${THAW_SHARED:-../shared}/data"
if [ -d "$corpora/text/biored" ]; then
  for corpus in biored dismech cmeie; do
    echo "== reader on $corpus"
    "$folder/thaw" evidence bench-reader --corpus "$corpus" --data "$corpora" --db "$folder/reader_bench.db"
  done
else
  echo "== reader: skipped, there is no $corpora (THAW_SHARED names another place)"
fi
echo "== load"
bench/load.py "$folder/thaw"
