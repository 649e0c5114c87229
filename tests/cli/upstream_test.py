#!/usr/bin/env python3
"""Upstream regulators by command: answers, and what wrong files get.

    upstream_test.py THAW
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
RELATIONS = "source\ttarget\tsign\nR\tA\t+\nR\tB\t-\nR\tC\t+\nQ\tA\t-\nQ\tD\t+\nQ\tE\t?\n"
OBSERVED = "name,p,log2fc\nA,0.01,2\nB,0.01,-2\nC,0.01,1\nD,0.9,0.1\n"


class Upstream(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_on(self, observed, relations=RELATIONS, *more):
        paths = []
        for name, content in (("observed.csv", observed), ("relations.tsv", relations)):
            path = self.folder / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(str(path))
        return subprocess.run([THAW, "evidence", "upstream", "--observed", paths[0], "--relations",
                               paths[1], "--json", *more], capture_output=True, text=True,
                              timeout=120)

    def refused(self, done, code, *words):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for word in words:
            self.assertIn(word, done.stderr)

    def test_the_regulator_that_explains_all_comes_first(self):
        done = self.run_on(OBSERVED)
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(done.stdout)
        first = document["regulators"][0]
        self.assertEqual((first["name"], first["direction"], first["score"]), ("R", "+", 3))
        self.assertEqual(first["correct"], 3)
        self.assertEqual({c["name"] for c in first["changes"]}, {"A", "B", "C"})
        self.assertEqual(document["universe"], 5)

    def test_threads_and_row_order_change_nothing(self):
        one = json.loads(self.run_on(OBSERVED).stdout)
        rows = OBSERVED.strip().split("\n")
        two = json.loads(self.run_on("\n".join([rows[0], *rows[:0:-1]]), RELATIONS,
                                     "--threads", "1").stdout)
        self.assertEqual(one["regulators"], two["regulators"])

    def test_every_method_answers(self):
        for method in ("better", "quaternary", "ternary", "enrichment", "causal"):
            done = self.run_on(OBSERVED, RELATIONS, "--method", method)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["method"], method)

    def test_the_store_answers_without_a_file_of_relations(self):
        observed = self.folder / "o.csv"
        observed.write_text("name,direction\nglutamate excitotoxicity,-\nsurvival,+\n")
        done = subprocess.run([THAW, "evidence", "upstream", "--observed", observed, "--db",
                               self.folder / "t.db", "--json"], capture_output=True, text=True,
                              timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(json.loads(done.stdout)["regulators_total"], 10)

    def test_wrong_files_are_refused_with_their_place(self):
        self.refused(self.run_on("name,p,log2fc\nA,x,1\n"), 3, "observed.csv:2", "'x'")
        self.refused(self.run_on("name,p,log2fc\nA,2,1\n"), 3, "observed.csv:2", "0 to 1")
        self.refused(self.run_on("name,p,log2fc\nA,0.1\n"), 3, "observed.csv:2", "cells")
        self.refused(self.run_on("gene\n"), 3, "log2fc")
        self.refused(self.run_on(""), 3, "is empty")
        self.refused(self.run_on(b"name,direction\n\xff,+\n"), 3, "observed.csv:2", "UTF-8")
        self.refused(self.run_on(b"name,direction\nA\0,+\n"), 4, "none of the 1 names")
        self.refused(self.run_on(OBSERVED, "source\ttarget\tsign\nR\tA\tup\n"), 3,
                     "relations.tsv:2", "'up'")
        self.refused(self.run_on(OBSERVED, RELATIONS.replace("sign", "sign\tbelief", 1)), 3,
                     "relations.tsv:2", "3 cells")
        self.refused(self.run_on("name,direction\nZ,+\n"), 4, "none of the 1 names")

    def test_a_missing_file_is_4_and_wrong_usage_2(self):
        done = subprocess.run([THAW, "evidence", "upstream", "--observed", self.folder / "none"],
                              capture_output=True, text=True, timeout=60)
        self.refused(done, 4, "there is no file")
        self.refused(self.run_on(OBSERVED, RELATIONS, "--method", "magic"), 2)
        self.refused(self.run_on(OBSERVED, RELATIONS, "--depth", "9"), 2)


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed, {len(result.skipped)} skipped")
    return 1 if failed else 0


sys.exit(main())
