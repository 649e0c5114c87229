#!/usr/bin/env python3
"""An import that is killed goes on where it was; what is exported comes back; real files where they are at hand.

    import_test.py THAW
"""
import gzip
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
SHARED = pathlib.Path(os.environ.get("THAW_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared")) / "data"


def thaw(*arguments, **more):
    return subprocess.run([THAW, *map(str, arguments)], capture_output=True, text=True, timeout=600, **more)


class Import(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.db = self.folder / "t.db"

    def report(self, path, *more):
        done = thaw("evidence", "import", path, "--db", self.db, "--json", *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def statements(self, count: int) -> pathlib.Path:
        path = self.folder / "s.json"
        with path.open("w") as out:
            out.write("[")
            for i in range(count):
                out.write((",\n" if i else "\n") + json.dumps({
                    "type": "Activation", "subj": {"name": f"G{i % 97}", "db_refs": {"HGNC": str(i % 97 + 1)}},
                    "obj": {"name": f"H{i % 89}", "db_refs": {"HGNC": str(i % 89 + 1001)}},
                    "evidence": [{"source_api": "reach", "pmid": str(i + 1), "text": f"Sentence {i}."}]}))
            out.write("\n]\n")
        return path

    def test_a_killed_import_goes_on_where_it_was_and_loses_nothing(self):
        path = self.statements(60000)
        command = [THAW, "evidence", "import", path, "--db", self.db, "--json"]
        self.assertEqual(thaw("evidence", "weigh", "--subject", "riluzole", "--object", "survival",
                              "--db", self.db).returncode, 0)
        killed = 0
        for _ in range(3):
            running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.7)
            if running.poll() is None:
                running.send_signal(signal.SIGKILL)
                killed += 1
            running.wait()
        report = self.report(path)
        if killed and report["resumed_after"] == 0:
            print("killed before the first commit: nothing to resume", file=sys.stderr)
        self.assertEqual(report["rows_read"], 60000)
        self.assertEqual(report["items"]["added"] + report["items"]["unchanged"], 60000)
        again = self.report(path)
        self.assertEqual((again["added"], again["items"]["unchanged"]), (0, 60000))

    def test_our_own_export_comes_back_as_the_same_bytes(self):
        first = self.folder / "a.jsonl"
        second = self.folder / "b.jsonl"
        self.assertEqual(thaw("evidence", "export", "--out", first, "--db", self.db).returncode, 0)
        self.db = self.folder / "other.db"
        self.report(first)
        self.assertEqual(thaw("evidence", "export", "--out", second, "--db", self.db).returncode, 0)
        self.assertEqual(first.read_bytes(), second.read_bytes())
        indra = self.folder / "a.json"
        self.assertEqual(thaw("evidence", "export", "--as", "indra", "--out", indra, "--db", self.db).returncode, 0)
        schema = SHARED / "mechanism/indra/statements_schema.json"
        try:
            import jsonschema
        except ImportError:
            return
        if schema.exists():
            jsonschema.validate(json.loads(indra.read_text()), json.loads(schema.read_text()))

    @unittest.skipUnless(SHARED.exists(), "the shared data are not here")
    def test_real_files_come_in_with_every_refusal_explained(self):
        with gzip.open(SHARED / "mechanism/drugmechdb/paths_shared.ndjson.gz", "rt") as paths:
            links = sum(len(json.loads(line)["links"]) for line in paths)
        for name, kind, items in (("als/relations.tsv", "tsv", 115), ("als/clingen_als.csv", "clingen", 52),
                                  ("als/als_trial_effects.csv", "trials", 52),
                                  ("als/dismech_als_ftd_evidence.jsonl", "dismech", 59),
                                  ("mechanism/dismech/dismech_evidence_shared.jsonl.gz", "dismech", 4145),
                                  ("mechanism/drugmechdb/paths_shared.ndjson.gz", "drugmechdb", links)):
            report = self.report(SHARED / name)
            print(f"{name}: {report['items']}, refused {report['refused_by_reason']}", file=sys.stderr)
            self.assertEqual(report["format"], kind)
            self.assertEqual(sum(report["items"].values()) + report["refused_total"], items, name)
            self.assertEqual(sum(r["count"] for r in report["refused_by_reason"]), report["refused_total"])
        done = thaw("evidence", "weigh", "--subject", "riluzole", "--object", "survival", "--db", self.db)
        self.assertEqual(done.returncode, 0, done.stderr)


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
