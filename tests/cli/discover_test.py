#!/usr/bin/env python3
"""thaw discover from the command line: what it refuses, how, and the way to evidence and back.

    discover_test.py THAW
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
USAGE, BAD_INPUT, NOT_FOUND = 2, 3, 4


def thaw(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([THAW, *map(str, arguments)], capture_output=True, text=True, timeout=300)


def made_up_rows(count: int) -> str:
    """x -> y and z -> y, all numbers."""
    source = random.Random(4)
    lines = ["x,y,z"]
    for _ in range(count):
        x, z = source.gauss(0, 1), source.gauss(0, 1)
        lines.append(f"{x:.4f},{x - z + 0.5 * source.gauss(0, 1):.4f},{z:.4f}")
    return "\n".join(lines) + "\n"


class Discover(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.table = self.write("t.csv", made_up_rows(300))

    def write(self, name: str, text: str) -> pathlib.Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def refused(self, done, code: int, *words: str):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        last = done.stderr.strip().splitlines()[-1]
        for word in words:
            self.assertIn(word, last)
        self.assertNotIn("terminate called", done.stderr)

    def document(self, *arguments) -> dict:
        done = thaw("discover", self.table, *arguments, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_a_collider_is_found(self):
        found = self.document()
        marks = {(e["a"], e["b"]): (e["mark_a"], e["mark_b"], e["sign"]) for e in found["edges"]}
        self.assertEqual(marks, {("x", "y"): ("tail", "arrow", "+"),
                                 ("y", "z"): ("arrow", "tail", "-")})

    def test_text_in_both_languages(self):
        self.assertIn("x --> y", thaw("discover", self.table).stdout)
        chinese = thaw("discover", self.table, "--lang", "zh").stdout
        self.assertIn("条边", chinese)

    def test_wrong_usage_is_2(self):
        for more in (["--method", "magic"], ["--test", "t"], ["--panel"], ["--lags", "2"],
                     ["--ida", "x"], ["--bootstrap", "-1"], ["--missing", "guess"]):
            self.assertEqual(thaw("discover", self.table, *more).returncode, USAGE, more)

    def test_bad_tables_are_3(self):
        cases = {
            "x,y\n1.5,2\n": "rows",
            "x,y,z\n1.5,2.5,1\n2.5,1.5,1\n3.5,1.5,1\n4.5,2,1\n": "column z",
            "x,y\n1.5,2.5\n2.5,inf\n": "column y",
            "x,y\n2020-01-01,2.5\n2020-01-02,1.5\n": "date",
        }
        for text, words in cases.items():
            self.refused(thaw("discover", self.write("bad.csv", text)), BAD_INPUT, words)
        doubled = "x,y,z,s\n" + "".join(
            f"{line},{sum(map(float, line.split(','))):.6f}\n"
            for line in made_up_rows(50).splitlines()[1:])
        self.refused(thaw("discover", self.write("sum.csv", doubled)), BAD_INPUT, "s, x, y, z",
                     "depend on each other")

    def test_bad_choices_are_3_or_4(self):
        run = lambda *more: thaw("discover", self.table, *more)  # noqa: E731
        self.refused(thaw("discover", self.folder / "none.csv"), NOT_FOUND, "none.csv")
        self.refused(run("--test", "g2"), BAD_INPUT, "x")
        self.refused(run("--alpha", "2"), BAD_INPUT, "alpha")
        self.refused(run("--continuous", "x", "--discrete", "x"), BAD_INPUT, "x")
        self.refused(run("--discrete", "q"), NOT_FOUND, "q")
        self.refused(run("--ida", "x,q"), NOT_FOUND, "q")
        for text, words in {'{"tiers":[["q"]]}': "tiers[0][0]",
                            '{"required":[["x","y"],["y","x"]]}': "contradicts",
                            "{": "JSON"}.items():
            self.refused(run("--knowledge", self.write("k.json", text)), BAD_INPUT, words)
        alone = self.write("alone.csv", "id,visit,x\na,1,0.5\nb,1,1.5\nc,2,2.5\n")
        self.refused(thaw("discover", alone, "--panel", "--id", "id", "--time", "visit"), BAD_INPUT,
                     "nobody has 2 visits")

    def test_knowledge_turns_an_arrow(self):
        known = self.write("k.json", '{"tiers":[["y"],["x","z"]]}')
        found = self.document("--knowledge", known, "--bootstrap", "10")
        for edge in found["edges"]:
            if "y" in (edge["a"], edge["b"]):
                self.assertEqual(edge["mark_a" if edge["a"] == "y" else "mark_b"], "tail")

    def test_edges_become_evidence_that_import_takes(self):
        known = self.write("k.json", '{"concepts":{"x":"neurofilament light",'
                                     '"y":"ALSFRS-R decline"}}')
        store, lines = self.folder / "s.db", self.folder / "e.jsonl"
        self.refused(thaw("discover", self.table, "--knowledge", known, "--to-evidence", lines,
                          "--db", store), BAD_INPUT, "--bootstrap")
        found = self.document("--knowledge", known, "--bootstrap", "20", "--to-evidence", lines,
                              "--db", store)
        self.assertIn(["x", "y"], [[e["a"], e["b"]] for e in found["edges"]])
        records = [json.loads(line) for line in lines.read_text().splitlines()]
        self.assertEqual([list(r)[0] for r in records], ["source", "item"])
        self.assertEqual(records[1]["item"]["study_kind"], "registry_analysis")
        done = thaw("evidence", "import", lines, "--db", store, "--json")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        report = json.loads(done.stdout)
        self.assertEqual(report["refused_total"], 0, report)
        weighed = thaw("evidence", "weigh", "--subject", "neurofilament light", "--object",
                       "ALSFRS-R decline", "--db", store, "--explain", "--json")
        self.assertIn("discovery:", weighed.stdout)
        # What was learned is now published, and may weigh as prior odds; but never in a circle.
        odds = self.document("--knowledge", known, "--evidence", "--bootstrap", "5", "--db", store)
        self.assertTrue(odds["knowledge"]["odds"], odds["knowledge"])
        self.assertIn("prior_odds", [w["code"] for w in odds["warnings"]])
        self.refused(thaw("discover", self.table, "--knowledge", known, "--evidence", "--bootstrap",
                          "5", "--to-evidence", lines, "--db", store), BAD_INPUT, "prior odds")


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed, {len(result.skipped)} skipped")
    return 1 if failed else 0


sys.exit(main())
