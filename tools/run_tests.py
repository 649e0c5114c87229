#!/usr/bin/env python3
"""Builds and runs every test of the project, and sums their counts.

The last line is exactly "N passed, N failed" (", N skipped" may follow). Exits 1 when a test
failed, something could not be built, or nothing ran at all. Suites, in order:
  unit    every GoogleTest program of the debug build (ASan, UBSan), contract suite included
  laws    laws_test of the release build
  cli     tests/cli/*_test.py: bad input, exit codes, commands end to end
  golden  answers of the command line and the server against tests/golden/
  web     type check and unit tests of web/
  e2e     tests/e2e/*.test.mjs in Chromium against a started server
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from thaw_server import ThawServer  # noqa: E402

SUITES = ("unit", "laws", "cli", "golden", "web", "e2e")
PROGRAM_SECONDS_MAX = 900
E2E_PEOPLE = 2000


class Tally:
    """Counts of all suites; a suite that breaks before it counts is one failure with its words."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, name: str, passed: int, failed: int, skipped: int, seconds: float, words: str = ""):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        state = "ok    " if failed == 0 else "FAILED"
        print(f"{state} {name}: {passed} passed, {failed} failed, {skipped} skipped ({seconds:.1f} s)",
              flush=True)
        if failed and words:
            print(words.rstrip(), flush=True)


def environment() -> dict:
    env = dict(os.environ)
    if (ROOT / ".tools/bin/node").exists():
        env["PATH"] = f"{ROOT}/.tools/bin:{env['PATH']}"
    return env


TARGETS = {"dev": ["unit_tests"], "release": ["thaw", "laws_test"]}  # nothing is built for nothing


def build(preset: str) -> str | None:
    """Nothing when it was built, else the end of what the build said."""
    print(f"thaw: building {preset}", file=sys.stderr, flush=True)
    for command in (["cmake", "--preset", preset],
                    ["cmake", "--build", "--preset", preset, "--target", *TARGETS[preset]]):
        done = subprocess.run(command, cwd=ROOT, env=environment(), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            lines = done.stdout.splitlines()
            wrong = [line for line in lines if "error" in line or "FAILED" in line][:40]
            return "\n".join(wrong + lines[-15:])
    return None


def test_programs(folder: pathlib.Path) -> list[pathlib.Path]:
    """The programs that ctest knows of in a build folder."""
    listed = subprocess.run(["ctest", "--test-dir", folder, "--show-only=json-v1"],
                            capture_output=True, text=True, check=True)
    programs = {t["command"][0] for t in json.loads(listed.stdout)["tests"] if "command" in t}
    return sorted(pathlib.Path(p) for p in programs)


def run_gtest(program: pathlib.Path):
    """Runs one GoogleTest program: (name, passed, failed, skipped, seconds, words)."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        try:
            done = subprocess.run([program, f"--gtest_output=json:{report}", "--gtest_brief=1"],
                                  cwd=ROOT, text=True, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=PROGRAM_SECONDS_MAX)
            words, code = done.stdout, done.returncode
        except subprocess.TimeoutExpired as late:
            words, code = f"not done after {late.timeout} s", 1
        except OSError as error:
            words, code = str(error), 1
        seconds = time.monotonic() - begun
        if not report.exists():
            return program.name, 0, 1, 0, seconds, words[-6000:]
        suites = json.loads(report.read_text())["testsuites"]
    tests = [t for suite in suites for t in suite["testsuite"]]
    failed = sum(1 for t in tests if t.get("failures"))
    skipped = sum(1 for t in tests if t.get("result") != "COMPLETED" and not t.get("failures"))
    for test in tests:
        for note in test.get("skipped", []):
            reason = note.get("message", "").strip().splitlines()[-1:] or ["no reason given"]
            print(f"skipped {test['classname']}.{test['name']}: {reason[0]}", flush=True)
    broke = 1 if code != 0 and failed == 0 else 0  # A crash or a leak after the last test.
    return program.name, len(tests) - failed - skipped, failed + broke, skipped, seconds, words[-6000:]


def run_unit(tally: Tally, folder: pathlib.Path, only: str | None):
    programs = [p for p in test_programs(folder) if p.name != "laws_test"]
    if only:
        programs = [p for p in programs if p.name == f"{only}_test"]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run_gtest, programs):
            tally.add(*outcome)


def run_counted(tally: Tally, name: str, command: list, cwd: pathlib.Path, **more_env):
    """Runs a command whose output says how many tests passed (ours, or node's TAP summary)."""
    begun = time.monotonic()
    done = subprocess.run(command, cwd=cwd, env=environment() | more_env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    words = done.stdout

    def count(*patterns: str) -> int:
        return sum(int(n) for p in patterns for n in re.findall(p, words, re.M))

    passed = count(r"^# pass (\d+)", r"^ℹ pass (\d+)", r"^(\d+) passed, \d+ failed")
    failed = count(r"^# fail (\d+)", r"^ℹ fail (\d+)", r"^\d+ passed, (\d+) failed")
    skipped = count(r"^# skipped (\d+)", r"^ℹ skipped (\d+)", r"^\d+ passed, \d+ failed, (\d+) skipped")
    if (done.returncode != 0 or passed + skipped == 0) and failed == 0:
        failed = 1
    tally.add(name, passed, failed, skipped, time.monotonic() - begun, words[-8000:])


def run_check(tally: Tally, name: str, command: list, cwd: pathlib.Path):
    """A command that is one test: it passes when it ends with 0."""
    begun = time.monotonic()
    done = subprocess.run(command, cwd=cwd, env=environment(), text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    failed = int(done.returncode != 0)
    tally.add(name, 1 - failed, failed, 0, time.monotonic() - begun, done.stdout[-6000:])


def run_e2e(tally: Tally, thaw: pathlib.Path):
    files = sorted(str(p) for p in (ROOT / "tests/e2e").glob("*.test.mjs"))
    if not files:
        tally.add("e2e", 0, 1, 0, 0.0, "tests/e2e holds no *.test.mjs")
        return
    try:
        with ThawServer(thaw, people=E2E_PEOPLE) as server:
            run_counted(tally, "e2e", ["node", "--test", "--test-concurrency=1",
                                       "--test-reporter=tap", *files], ROOT,
                        THAW_URL=server.url, THAW_PROGRAM=str(thaw))
    except RuntimeError as error:
        tally.add("e2e", 0, 1, 0, 0.0, str(error))


def build_all(tally: Tally, wanted: set[str]) -> set[str]:
    """The presets that could not be built, each counted as one failure."""
    broken = set()
    presets = (["dev"] if "unit" in wanted else []) + (["release"] if wanted - {"unit"} else [])
    for preset in presets:
        begun = time.monotonic()
        if words := build(preset):
            broken.add(preset)
            tally.add(f"build {preset}", 0, 1, 0, time.monotonic() - begun, words)
    return broken


def run_suites(tally: Tally, wanted: set[str], unit: str | None, given: argparse.Namespace,
               broken: set[str]):
    thaw = given.release_dir.resolve() / "thaw"
    if "unit" in wanted and "dev" not in broken:
        run_unit(tally, given.unit_dir.resolve(), unit)
    if "release" in broken:
        return
    if "laws" in wanted:
        tally.add(*run_gtest(thaw.parent / "laws_test"))
    if "cli" in wanted:
        for path in sorted((ROOT / "tests/cli").glob("*_test.py")):
            run_counted(tally, f"cli {path.stem}", [sys.executable, path, thaw], ROOT)
    if "golden" in wanted:
        run_counted(tally, "golden", [sys.executable, "tests/golden/run_golden.py", thaw], ROOT)
    if "web" in wanted:
        run_check(tally, "web check", ["npm", "run", "--silent", "check"], ROOT / "web")
        run_counted(tally, "web unit", ["npm", "test", "--silent"], ROOT / "web")
    if "e2e" in wanted:
        run_e2e(tally, thaw)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", help="a suite, or a folder of src/ whose unit tests to run")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--unit-dir", type=pathlib.Path, default=ROOT / "build/dev")
    parser.add_argument("--release-dir", type=pathlib.Path, default=ROOT / "build/release")
    given = parser.parse_args()
    wanted = set(SUITES) if not given.only else {given.only} & set(SUITES) or {"unit"}
    unit = given.only if given.only and given.only not in SUITES else None
    tally = Tally()
    broken = set() if given.no_build else build_all(tally, wanted)
    run_suites(tally, wanted, unit, given, broken)
    if tally.passed + tally.failed == 0:
        print("thaw: no test ran", file=sys.stderr)
        tally.failed = 1
    print(f"{tally.passed} passed, {tally.failed} failed"
          + (f", {tally.skipped} skipped" if tally.skipped else ""))
    return 1 if tally.failed else 0


sys.exit(main())
