#!/usr/bin/env python3
"""Best chains and influence by command, from a file of edges and from the store.

    paths_test.py THAW
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
USAGE, BAD_INPUT, NOT_FOUND = 2, 3, 4
HEADER = "source\tsign\ttarget\tbelief\n"
# SOD1 to MND: directly (0.2), by way of TARDBP (0.9 * 0.8, lowering), by way of FUS (0.5 * 0.5).
EDGES = (HEADER + "SOD1\t+\tMND\t0.2\nSOD1\t+\tTARDBP\t0.9\nTARDBP\t-\tMND\t0.8\nSOD1\t-\tFUS\t0.5\n"
         "FUS\t-\tMND\t0.5\nFUS\t-\tFUS\t0.5\nSOD1\t+\tMND\t0.1\nTARDBP\t+\tFUS\t1\n")


class Graphs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, content, name="edges.tsv"):
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def thaw(self, *arguments):
        return subprocess.run([THAW, "evidence", *map(str, arguments), "--db", self.folder / "t.db"],
                              capture_output=True, text=True, timeout=300)

    def answer(self, *arguments):
        done = self.thaw(*arguments, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def refused(self, done, code, *words):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for word in words:
            self.assertIn(word, done.stderr)

    def test_the_best_chains_come_in_order_of_belief(self):
        path = self.write(EDGES)
        found = self.answer("paths", "SOD1", "MND", "--graph", path)
        self.assertEqual([p["nodes"] for p in found["paths"]],
                         [["SOD1", "TARDBP", "MND"], ["SOD1", "TARDBP", "FUS", "MND"],
                          ["SOD1", "FUS", "MND"], ["SOD1", "MND"]])
        self.assertEqual([p["sign"] for p in found["paths"]], ["-", "-", "+", "+"])
        self.assertEqual(found["paths"][0]["signs"], ["+", "-"])
        self.assertAlmostEqual(found["paths"][0]["belief"], 0.72)
        self.assertTrue(found["complete"])
        self.assertGreaterEqual(found["seconds"], 0)
        self.assertFalse((self.folder / "t.db").exists(), "a file of edges needs no store")

    def test_sign_count_and_hops_choose(self):
        path = self.write(EDGES)

        def beliefs(*more):
            return [round(p["belief"], 4) for p in
                    self.answer("paths", "SOD1", "MND", "--graph", path, *more)["paths"]]
        self.assertEqual(beliefs("--sign", "+"), [0.25, 0.2])
        self.assertEqual(beliefs("--sign", "-"), [0.72, 0.45])
        self.assertEqual(beliefs("-k", "1"), [0.72])
        self.assertEqual(beliefs("--max-hops", "1"), [0.2])
        self.assertEqual(beliefs("--max-hops", "2"), [0.72, 0.25, 0.2])

    def test_no_chain_and_no_such_node_are_not_found(self):
        path = self.write(EDGES)
        self.refused(self.thaw("paths", "MND", "SOD1", "--graph", path, "--json"), NOT_FOUND, "no chain")
        self.refused(self.thaw("paths", "SOD2", "MND", "--graph", path, "--json"), NOT_FOUND,
                     "SOD2", "SOD1")
        self.refused(self.thaw("influence", "--outcome", "mnd", "--graph", path, "--json"), NOT_FOUND, "MND")
        self.refused(self.thaw("paths", "a", "b", "--graph", self.folder / "none.tsv", "--json"),
                     NOT_FOUND, "none.tsv")

    def test_bad_files_are_refused_with_their_line(self):
        cases = {
            "empty": (b"", ":1:"), "another header": ("a\tb\tc\td\n", ":1:"),
            "three fields": (HEADER + "a\t+\tb\t0.5\na\t+\tb\n", ":3:"),
            "cut": (HEADER + "a\t+\tb\t0.5\na\t+", ":3:"),
            "belief 1.5": (HEADER + "a\t+\tb\t1.5\n", "'1.5'"),
            "belief 0": (HEADER + "a\t+\tb\t0\n", "above 0"),
            "belief nan": (HEADER + "a\t+\tb\tnan\n", ":2:"),
            "sign": (HEADER + "a\t*\tb\t0.5\n", "must be + or -"),
            "NUL": (HEADER.encode() + b"a\0\t+\tb\t0.5\n", "control character"),
            "not UTF-8": (HEADER.encode() + b"\xff\t+\tb\t0.5\n", "not UTF-8"),
            "huge line": (HEADER + "a" * 3_000_000 + "\t+\tb\t0.5\n", "over 65536 bytes"),
            "gzip": (b"\x1f\x8b\x08\0\0\0\0\0", ":1:"),
            "broken binary": (b"thawgrph" + b"\0" * 300, "cached graph"),
        }
        for name, (content, word) in cases.items():
            with self.subTest(name):
                path = self.write(content)
                self.refused(self.thaw("paths", "a", "b", "--graph", path, "--json"), BAD_INPUT, word)
                self.refused(self.thaw("influence", "--outcome", "a", "--graph", path, "--json"),
                             BAD_INPUT, word)
        self.refused(self.thaw("paths", "a", "b", "--graph", self.folder, "--json"), BAD_INPUT, "folder")

    def test_wrong_usage(self):
        path = self.write(EDGES)
        for more in (["--sign", "up"], ["-k", "0"], ["--max-hops", "0"], ["--via", "gene"],
                     ["--as-of", "2020"]):
            self.refused(self.thaw("paths", "SOD1", "MND", "--graph", path, *more), USAGE)

    def test_rows_in_any_order_and_a_million_duplicates_give_one_answer(self):
        rows = EDGES.removeprefix(HEADER).splitlines(keepends=True)
        first = self.answer("influence", "--outcome", "MND", "--graph", self.write(EDGES))
        many = HEADER + "".join(reversed(rows)) + rows[0] * 1_000_000
        again = self.answer("influence", "--outcome", "MND", "--graph", self.write(many, "many.tsv"),
                            "--threads", "1")
        self.assertEqual(again["graph"]["duplicates"], first["graph"]["duplicates"] + 1_000_000)
        self.assertEqual(again["answers"], first["answers"])

    def test_influence_is_what_the_worlds_say(self):
        found = self.answer("influence", "--outcome", "MND", "--graph", self.write(EDGES), "--worlds",
                            "65536", "--max-hops", "4")
        by_node = {a["node"]: a for a in found["answers"]}
        self.assertEqual(set(by_node), {"SOD1", "TARDBP", "FUS"})
        self.assertEqual(found["by_walks"], 0)
        self.assertAlmostEqual(by_node["FUS"]["lowers"], 0.5, delta=0.01)
        self.assertEqual(by_node["FUS"]["raises"], 0)
        self.assertEqual(by_node["FUS"]["lowers_any"], by_node["FUS"]["lowers"])
        # TARDBP lowers it directly (0.8) or through FUS (1 * 0.5): 1 - 0.2 * 0.5.
        self.assertAlmostEqual(by_node["TARDBP"]["lowers"], 0.9, delta=0.01)
        for one in found["answers"]:
            self.assertAlmostEqual(one["raises"] + one["lowers"] + one["both"] + one["neither"], 1)
            self.assertGreater(one["error"], 0)
            self.assertIn("raises", one["baseline"])
        self.assertEqual(found["baseline"]["permutations"], 20)

    def test_the_store_answers_too(self):
        found = self.answer("paths", "riluzole", "survival", "-k", "3")
        best = found["paths"][0]
        self.assertEqual(len(best["claims"]), len(best["signs"]))
        self.assertEqual(len(best["nodes"]), len(best["signs"]) + 1)
        self.assertTrue(best["names"][0]["zh"])
        self.refused(self.thaw("paths", "riluzole", "survival", "--via", "unicorn"), BAD_INPUT, "unicorn")
        self.refused(self.thaw("paths", "survival", "riluzole"), NOT_FOUND)
        swept = self.answer("influence", "--outcome", "survival", "--worlds", "1024", "--top", "5")
        self.assertEqual(len(swept["answers"]), 5)
        self.assertTrue(swept["answers"][0]["name"]["zh"])


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed, {len(result.skipped)} skipped")
    return 1 if failed else 0


sys.exit(main())
