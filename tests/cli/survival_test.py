#!/usr/bin/env python3
"""What `thaw survival` answers to tables and options that it cannot use, and in both languages.

    survival_test.py THAW
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TABLE = ROOT / "docs" / "formats" / "examples" / "survival.csv"
USAGE, BAD_INPUT, NOT_FOUND = 2, 3, 4
DIED = ["--time", "months", "--event", "ending == 'died'"]


def survival(verb: str, table, *arguments) -> subprocess.CompletedProcess:
    return subprocess.run([THAW, "survival", verb, str(table), *map(str, arguments)],
                          capture_output=True, text=True, timeout=120)


class Survival(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def table(self, text: str) -> pathlib.Path:
        path = self.folder / "t.csv"
        path.write_text(text)
        return path

    def refused(self, done, code: int, *words: str):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertNotIn("terminate called", done.stderr)

    def test_wrong_usage_is_2(self):
        self.refused(survival("fly", TABLE), USAGE)
        self.refused(survival("km", TABLE, "--time", "months"), USAGE, "--event")
        self.refused(survival("cox", TABLE, *DIED), USAGE, "--model")
        self.refused(survival("cox", TABLE, *DIED, "--model", "age", "--ties", "none"), USAGE)
        self.refused(survival("km", TABLE, *DIED, "--model", "age"), USAGE)

    def test_what_is_not_there_is_4(self):
        self.refused(survival("km", self.folder / "none.csv", *DIED), NOT_FOUND, "none.csv")
        self.refused(survival("km", TABLE, "--time", "month", "--event", "ending"), NOT_FOUND,
                     "months")
        self.refused(survival("cox", TABLE, *DIED, "--model", "age + hight"), NOT_FOUND, "hight")

    def test_bad_rows_are_named(self):
        times = ["--time", "t", "--event", "e"]
        self.refused(survival("km", self.table("t,e\n1,1\n-3,0\n"), *times), BAD_INPUT, "row 2", "-3")
        self.refused(survival("km", self.table("t,e,s\n5,1,1\n3,0,3\n"), *times, "--start", "s"),
                     BAD_INPUT, "row 2", "before")
        self.refused(survival("km", self.table("t,e,w\n5,1,1\n3,0,-1\n"), *times, "--weights", "w"),
                     BAD_INPUT, "row 2", "weight")
        self.refused(survival("km", self.table("t,e\n1,5\n3,0\n"), *times), BAD_INPUT, "--cause")
        self.refused(survival("km", self.table("t,e\n,1\n3,\n"), *times), BAD_INPUT, "2 rows")

    def test_nothing_to_compare(self):
        times = ["--time", "t", "--event", "e"]
        censored = self.table("t,e,g,x\n1,0,a,1\n2,0,b,3\n3,0,a,2\n")
        self.refused(survival("cox", censored, *times, "--model", "x"), BAD_INPUT, "no row has the event")
        self.refused(survival("aft", censored, *times, "--model", "x"), BAD_INPUT, "event")
        self.refused(survival("logrank", censored, *times, "--group", "g"), BAD_INPUT, "nothing to compare")
        one = self.table("t,e,g,x\n1,1,a,1\n2,1,a,1\n3,1,a,1\n")
        self.refused(survival("logrank", one, *times, "--group", "g"), BAD_INPUT, "one value only")
        self.refused(survival("cox", one, *times, "--model", "x"), BAD_INPUT, "x is constant")

    def test_all_censored_is_a_flat_curve_with_a_warning(self):
        done = survival("km", self.table("t,e\n1,0\n2,0\n"), "--time", "t", "--event", "e", "--times",
                        "1", "--json")
        document = json.loads(done.stdout)
        self.assertEqual(document["curves"][0]["at"][0]["survival"], 1)
        self.assertIn("No event", document["warnings"][0]["en"])

    def test_perfect_prediction_gives_no_number(self):
        rows = "".join(f"{i},{i % 2},{i % 2}\n" for i in range(1, 41))
        done = survival("cox", self.table("t,e,x\n" + rows), "--time", "t", "--event", "e", "--model",
                        "x", "--json")
        row = json.loads(done.stdout)["coefficients"][0]
        self.assertIsNone(row["coef"])
        self.assertFalse(row["finite"])

    def test_both_languages_say_the_same_numbers(self):
        arguments = [*DIED, "--group", "site", "--times", "12"]
        english = survival("km", TABLE, *arguments)
        chinese = survival("km", TABLE, *arguments, "--lang", "zh")
        self.assertEqual(english.returncode, 0, english.stderr)
        self.assertIn("share of people", english.stdout)
        self.assertIn("比例", chinese.stdout)
        self.assertNotIn("share", chinese.stdout)

    def test_every_analysis_ends_well(self):
        model = ["--model", "age + sex"]
        for verb, more in (("km", []), ("logrank", ["--group", "site"]), ("cox", model),
                           ("aft", model), ("rmst", ["--group", "site", "--horizon", "24"])):
            for form in ([], ["--json"], ["--lang", "zh"]):
                done = survival(verb, TABLE, *DIED, *more, *form)
                self.assertEqual(done.returncode, 0, f"{verb}: {done.stderr}")
        for verb, more in (("aj", []), ("finegray", ["--cause", "died", *model])):
            done = survival(verb, TABLE, "--time", "months", "--event", "ending", *more, "--r-script",
                            self.folder / "a.R")
            self.assertEqual(done.returncode, 0, f"{verb}: {done.stderr}")
            self.assertIn("library(survival)", (self.folder / "a.R").read_text())


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed, {len(result.skipped)} skipped")
    return 1 if failed else 0


sys.exit(main())
