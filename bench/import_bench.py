#!/usr/bin/env python3
"""How fast a file of 200,000 items goes into an SQLite store, and how much memory that takes.

    import_bench.py THAW [ITEMS]

Prints, for our own lines and for INDRA statements: items a second (wall), peak memory, and the ratio to the aim of
20,000 items a second. The same file again shows what an unchanged item costs.
"""
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

THAW = sys.argv[1]
ITEMS = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
AIM = 20_000


def own_lines(path: pathlib.Path):
    with path.open("w") as out:
        for i in range(2000):
            out.write(json.dumps({"concept": {"id": f"b:{i}", "kind": "protein", "en": f"protein {i}", "zh": ""}}) + "\n")
        for i in range(5000):
            out.write(json.dumps({"source": {"id": f"PMID:{i + 1}", "citation": f"PMID:{i + 1}"}}) + "\n")
        for i in range(ITEMS):
            out.write(json.dumps({"item": {
                "id": f"bench:{i}", "subject": f"b:{i * 7 % 2000}", "relation": "activates", "sign": "+",
                "object": f"b:{(i * 13 + 1 + i // 2000) % 2000}", "direction": "supports", "study_kind": "text_mined",
                "faithful": 0.65, "source": f"PMID:{i % 5000 + 1}", "quote": "A sentence that says so, of usual length, " * 2,
                "quote_check": "unchecked"}}) + "\n")


def indra(path: pathlib.Path):
    with path.open("w") as out:
        out.write("[")
        for i in range(ITEMS):
            a, b = i * 7 % 2000, (i * 13 + 1 + i // 2000) % 2000
            statement = {"type": "Activation", "id": str(i),
                         "subj": {"name": f"G{a}", "db_refs": {"HGNC": str(a + 1), "TEXT": f"G{a}"}},
                         "obj": {"name": f"G{b}", "db_refs": {"HGNC": str(b + 1), "TEXT": f"G{b}"}},
                         "evidence": [{"source_api": "reach", "pmid": str(i % 5000 + 1),
                                       "text": f"Sentence {i} that says so, of usual length."}]}
            out.write((",\n" if i else "\n") + json.dumps(statement))
        out.write("\n]\n")


def run(path: pathlib.Path, db: pathlib.Path) -> float:
    begun = time.monotonic()
    subprocess.run([THAW, "evidence", "import", path, "--db", db, "--json"], check=True, capture_output=True)
    return time.monotonic() - begun


print(f"{'import of ' + str(ITEMS) + ' items':34} {'s':>7} {'items/s':>9} {'x aim':>6} {'peak MB':>8}")
for name, make in (("our own lines", own_lines), ("INDRA statements", indra)):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / ("f.jsonl" if make is own_lines else "f.json")
        make(path)
        for turn in ("new", "again"):
            seconds = run(path, pathlib.Path(folder) / "b.db")
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{name + ', ' + turn:34} {seconds:7.2f} {ITEMS / seconds:9.0f} {ITEMS / seconds / AIM:6.2f} {peak:8.0f}")
