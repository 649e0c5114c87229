#!/usr/bin/env python3
"""Compares answers of the command line and of the server with the examples of docs/formats.

    run_golden.py THAW [--update]

cases.json lists the cases: {"name", "command": [...]} runs `thaw ... --json` on the golden store, or on
a new one where it says "fresh"; {"name", "path"} asks the server for a path. Each is compared with
docs/formats/examples/NAME.json, where the formats' pages point to it. Numbers may differ by
1e-9 of their size, all else not at all. Keys in "ignore" (such as the version) are not compared.
With "same_as" a case has no file of its own: it must equal that other case's answer.
--update writes the files anew; read the difference before you commit it.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EXAMPLES = ROOT / "docs" / "formats" / "examples"
sys.path.insert(0, str(HERE.parent))
from thaw_server import ThawServer  # noqa: E402

PEOPLE = 1500
RELATIVE = 1e-9
SHOWN_MAX = 8


def differences(expected, got, ignore: set, place: str = "$"):
    """Yields one line for each place where two documents differ."""
    numbers = (int, float)
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in [*expected, *(k for k in got if k not in expected)]:
            if key in ignore:
                continue
            if key not in got or key not in expected:
                yield f"{place}.{key}: {'absent now' if key not in got else 'new'}"
            else:
                yield from differences(expected[key], got[key], ignore, f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            yield f"{place}: {len(expected)} entries expected, {len(got)} now"
        for number, pair in enumerate(zip(expected, got)):
            yield from differences(*pair, ignore, f"{place}[{number}]")
    elif (isinstance(expected, numbers) and isinstance(got, numbers)
          and not isinstance(expected, bool) and not isinstance(got, bool)):
        if not math.isclose(expected, got, rel_tol=RELATIVE, abs_tol=1e-12):
            yield f"{place}: {expected!r} expected, {got!r} now"
    elif expected != got or isinstance(expected, bool) != isinstance(got, bool):
        yield f"{place}: {expected!r} expected, {got!r} now"


def not_json(word: str):
    raise RuntimeError(f"{word} is not JSON")


def run_command(thaw: pathlib.Path, command: list, db: str):
    done = subprocess.run([thaw, *command, "--db", db, "--json"], capture_output=True, text=True,
                          cwd=ROOT)
    if done.returncode != 0:
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout, parse_constant=not_json)


def check(case: dict, answers: dict, update: bool) -> list[str]:
    got = answers[case["name"]]
    ignore = set(case.get("ignore", []))
    if "same_as" in case:
        return list(differences(answers[case["same_as"]], got, ignore))
    path = EXAMPLES / f"{case['name']}.json"
    if update:
        path.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n")
        return []
    if not path.exists():
        return [f"there is no {path.name}; run with --update"]
    return list(differences(json.loads(path.read_text()), got, ignore))


def self_check() -> list[str]:
    """The comparison itself must see each kind of difference."""
    same = [({"a": 1.0}, {"a": 1.0 + 1e-12}), ([1, "x", None], [1, "x", None]), ({"v": 1}, {"v": 2})]
    other = [({"a": 1.0}, {"a": 1.0 + 1e-6}), ({"a": 1}, {}), ({}, {"a": 1}), ([1], [1, 2]),
             ({"a": None}, {"a": 0}), ({"a": True}, {"a": 1}), ("x", "y")]
    wrong = [f"equal, but seen as different: {p}" for p in same if list(differences(*p, {"v"}))]
    return wrong + [f"different, but not seen: {p}" for p in other if not list(differences(*p, {"v"}))]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("thaw", type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    given = parser.parse_args()
    cases = json.loads((HERE / "cases.json").read_text())
    thaw = given.thaw.resolve()
    results = {"the comparison sees what differs": self_check()}
    answers = {}
    with tempfile.TemporaryDirectory() as folder, ThawServer(thaw, PEOPLE) as server:
        db = f"{folder}/golden.db"
        made = subprocess.run([thaw, "registry", "synthesize", "--people", str(PEOPLE), "--db", db],
                              capture_output=True, text=True)
        if made.returncode:
            results["registry synthesize"] = [made.stderr]
        for case in cases:
            try:
                answers[case["name"]] = (run_command(thaw, case["command"],
                                                    f"{folder}/{case['name']}.db" if case.get("fresh") else db)
                                         if "command" in case else server.get(case["path"]))
            except Exception as error:  # Whatever went wrong is this case's failure.
                results[case["name"]] = [str(error)]
        for case in cases:
            if case["name"] in results:
                continue
            if case.get("same_as", case["name"]) not in answers:
                results[case["name"]] = [f"{case['same_as']} gave no answer to compare with"]
            else:
                results[case["name"]] = check(case, answers, given.update)
    for name, wrong in results.items():
        if wrong:
            print(f"FAILED golden {name}")
            print("\n".join(f"  {line}" for line in wrong[:SHOWN_MAX]))
            if len(wrong) > SHOWN_MAX:
                print(f"  and {len(wrong) - SHOWN_MAX} more")
    failed = sum(1 for wrong in results.values() if wrong)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
