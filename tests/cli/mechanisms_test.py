#!/usr/bin/env python3
"""bench-paths, rivals and backtest by command: answers, and what wrong input gets.

    mechanisms_test.py THAW
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
SHARED = pathlib.Path(os.environ.get("THAW_SHARED",
                                     pathlib.Path(__file__).resolve().parents[2] / "../shared"))


def record(number, drug, disease, inner):
    nodes = [drug, *inner, disease]
    return json.dumps({
        "graph": {"_id": f"{drug}_{disease}_{number}", "drug": drug, "drug_mesh": drug,
                  "disease": disease, "disease_mesh": disease},
        "nodes": [{"id": n, "label": "Protein", "name": n} for n in nodes],
        "links": [{"source": a, "target": b, "key": "k"} for a, b in zip(nodes, nodes[1:])]}) + "\n"


class Mechanisms(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def thaw(self, *arguments):
        return subprocess.run([THAW, *map(str, arguments), "--json", "--db",
                               self.folder / "t.db"], capture_output=True, text=True, timeout=300)

    def refused(self, done, code, *words):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for word in words:
            self.assertIn(word, done.stderr)

    def data(self, chains, nodes=None):
        (self.folder / "drugmechdb").mkdir(exist_ok=True)
        (self.folder / "drugmechdb" / "c.ndjson").write_text(chains)
        if nodes is not None:
            (self.folder / "primekg_pathbench").mkdir(exist_ok=True)
            (self.folder / "primekg_pathbench" / "benchmark_pathways_nodes.csv").write_text(nodes)
        return self.folder

    def test_pathbench_on_the_shared_half(self):
        if not (SHARED / "data/mechanism/drugmechdb").is_dir():
            self.skipTest("no shared test data: data/mechanism is absent")
        done = self.thaw("evidence", "bench-paths", "--data", SHARED / "data")
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(done.stdout)
        methods = {m["method"]: m for m in document["methods"]}
        self.assertEqual(document["pathways"], 74)
        for key, value in (("f1", 0.540), ("levenshtein", 0.619), ("matcher_distance", 0.460)):
            self.assertAlmostEqual(methods["empty"][key]["value"], value, places=3)
        self.assertEqual(methods["empty"]["inner_f1"]["value"], 0)
        self.assertGreater(document["inner_f1_over_dijkstra"], 1.9)

    def test_made_up_chains_are_recovered_from_others(self):
        chains = "".join(record(1, d, s, i) for d, s, i in (
            ("aolol", "X", ["beta", "rate"]), ("aolol", "Y", ["beta", "flow"]),
            ("bolol", "X", ["beta", "rate"]), ("bolol", "Y", ["beta", "flow"])))
        done = self.thaw("evidence", "bench-paths", "--suite", "drugmechdb", "--data",
                         self.data(chains))
        self.assertEqual(done.returncode, 0, done.stderr)
        methods = {m["method"]: m for m in json.loads(done.stdout)["methods"]}
        self.assertEqual(methods["analogy"]["exact_at_10"]["value"], 1)

    def test_wrong_chains_are_refused_with_their_place(self):
        ask = ("evidence", "bench-paths", "--data")
        self.refused(self.thaw(*ask, self.folder / "none"), 4, "drugmechdb")
        self.refused(self.thaw(*ask, self.data("{broken\n")), 3, "c.ndjson:1", "JSON")
        self.refused(self.thaw(*ask, self.data(record(1, "d", "s", ["m"]))), 4,
                     "primekg_pathbench")
        good = record(1, "d", "s", ["m"])
        self.refused(self.thaw(*ask, self.data(good, "a,b\n1,2\n")), 3, "drugmechdb_pathway_id")
        header = "drugmechdb_pathway_id,step_order,node_name,node_type,drugmechdb_id\n"
        self.refused(self.thaw(*ask, self.data(good, header + "p_1,x,n,t,d\n")), 3, "nodes.csv:2")
        self.refused(self.thaw(*ask, self.data(good, header)), 4, "no pathway")

    def test_rivals_sum_to_one_and_say_what_would_tell(self):
        done = self.thaw("inquiry", "rivals", "--outcome", "ALS progression")
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(done.stdout)
        total = document["none_of_these"] + sum(r["posterior"] for r in document["rivals"])
        self.assertAlmostEqual(total, 1)
        self.assertTrue(document["tests"])
        self.refused(self.thaw("inquiry", "rivals", "--outcome", "unobtainium"), 4, "unobtainium")
        self.refused(self.thaw("inquiry", "rivals", "--outcome", "riluzole", "--from", "survival"),
                     4, "no chain")
        self.refused(self.thaw("inquiry", "rivals", "--outcome", "survival", "-k", "99"), 2)

    def test_backtest_says_how_few_there_are_and_repeats(self):
        one = self.thaw("evidence", "backtest")
        self.assertEqual(one.returncode, 0, one.stderr)
        document = json.loads(one.stdout)
        self.assertEqual(len(document["cases"]), document["trials"])
        self.assertLess(document["with_evidence_before"], document["trials"])
        for case in document["cases"]:
            self.assertGreaterEqual(abs(case["nats"]), 1)
        self.assertEqual(one.stdout, self.thaw("evidence", "backtest", "--threads", "1").stdout)


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
