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
echo "== import"
bench/import_bench.py "$folder/thaw"
data="${THAW_SHARED:-../shared}/data"
if [ -d "$data/mechanism/drugmechdb" ]; then
  echo "== recovery of curated mechanism chains (published: a pathway's ends alone give F1 0.546, the best of 8 methods 0.571)"
  "$folder/thaw" evidence bench-paths --data "$data"
  "$folder/thaw" evidence bench-paths --data "$data" --suite drugmechdb
fi
echo "== trials, judged as of the year before"
"$folder/thaw" evidence backtest --db "$(mktemp -d)/backtest.db"
if [ -f "$data/gaze/own_sentences.tsv" ]; then
  echo "== writing by gaze (selections a character; must zh 1.85, en 0.48, said before 1.3; librime 3.51, prototype 1.88 and 0.46)"
  for given in "" "--learning on" "--error 0.02" "--error 0.05" "--error 0.1"; do
    echo "-- ${given:-no learning, no errors}"
    # shellcheck disable=SC2086
    "$folder/thaw" gaze bench "$data/gaze/own_sentences.tsv" $given
  done
fi
echo "== load"
bench/load.py "$folder/thaw"
