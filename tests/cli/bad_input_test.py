#!/usr/bin/env python3
"""What bad input gets: a clear sentence, the exit code of its kind, and a store that still opens.

    bad_input_test.py THAW
"""
import os
import pathlib
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from thaw_server import ThawServer  # noqa: E402

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
USAGE, BAD_INPUT, NOT_FOUND, UNAVAILABLE = 2, 3, 4, 6


def thaw(*arguments, **more) -> subprocess.CompletedProcess:
    return subprocess.run([THAW, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          **more)


class BadInput(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.db = self.folder / "t.db"

    def write(self, name: str, text: str | bytes) -> pathlib.Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def refused(self, done, code: int, *words: str):
        """One sentence on stderr with every one of `words`; nothing on stdout; exit `code`."""
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        last = done.stderr.strip().splitlines()[-1]
        self.assertTrue(last.startswith("thaw: "), last)
        for word in words:
            self.assertIn(word, last)
        self.assertNotIn("terminate called", done.stderr)

    def people(self) -> int:
        import json
        done = thaw("registry", "summary", "--db", self.db, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["people"] or 0

    def test_an_effect_without_an_answer_is_refused(self):
        rows = [(i % 2, i % 7 + (i % 2), (i * 37) % 11 / 3) for i in range(60)]
        good = self.write("good.csv", "a,y,x\n" + "".join(f"{a},{y},{x}\n" for a, y, x in rows))
        ask = ["--treatment", "a", "--outcome", "y", "--db", self.db]
        done = thaw("effect", good, *ask, "--adjust", "x", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.refused(thaw("effect", good, *ask, "--adjust", "x + nowhere"), NOT_FOUND, "nowhere")
        self.refused(thaw("effect", good, *ask, "--adjust", "x + x^9"), BAD_INPUT, "x^9")
        self.refused(thaw("effect", good, *ask, "--method", "iv"), BAD_INPUT, "--instrument")
        changes = {
            "infinite": (5, 1, "inf", "column y is infinite in row 6"),
            "treatment": (5, 0, "NA", "treatment a is missing in 1 rows, first in row 6"),
            "arms": (5, 0, "2", "must be 0 or 1"),
        }
        for name, (row, column, cell, words) in changes.items():
            table = [list(r) for r in rows]
            table[row][column] = cell
            path = self.write(f"{name}.csv", "a,y,x\n" + "".join(
                ",".join(map(str, r)) + "\n" for r in table))
            self.refused(thaw("effect", path, *ask, "--adjust", "x"), BAD_INPUT, words)
        separated = self.write("sep.csv", "a,y,x\n" + "".join(f"{a},{y},{a + x / 9}\n" for a, y, x in rows))
        for method in ("ols", "gformula", "ipw", "match", "aipw", "tmle", "dml"):
            self.refused(thaw("effect", separated, *ask, "--adjust", "x", "--method", method), BAD_INPUT,
                         "x foretells")
        same = self.write("same.csv", "a,y,x\n" + "".join(f"{a},1,{x}\n" for a, y, x in rows))
        self.refused(thaw("effect", same, *ask, "--adjust", "x"), BAD_INPUT, "the outcome y is 1 in every")

    def test_wrong_usage_is_2(self):
        for arguments in (["--no-such-option"], [], ["registry"], ["registry", "fly"],
                          ["start", "--port", "99999"], ["start", "--port", "x"],
                          ["registry", "summary", "--lang", "fr"],
                          ["registry", "summary", "--threads", "0"]):
            done = thaw(*arguments)
            self.assertEqual(done.returncode, USAGE, arguments)
            self.assertNotEqual(done.stderr, "")

    def test_an_ancestry_that_no_evidence_states_is_4(self):
        for arguments in (["evidence", "weigh", "--subject", "riluzole", "--object", "survival"],
                          ["inquiry", "rank", "--outcome", "survival"]):
            done = thaw(*arguments, "--population", "mars", "--db", self.db)
            self.refused(done, NOT_FOUND, "'mars'", "known: ", "east_asian")

    def test_help_is_0_and_on_stdout(self):
        for arguments in (["--help"], ["start", "--help"], ["registry", "import", "--help"],
                          ["--version"]):
            done = thaw(*arguments)
            self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
            self.assertNotEqual(done.stdout, "")

    def test_a_taken_port_is_said(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = thaw("start", "--people", 0, "--port", port, "--db", self.db)
        self.assertEqual(done.returncode, UNAVAILABLE, done.stderr)
        self.assertIn(f"port {port} is taken by another program", done.stderr.splitlines()[-1])

    def test_a_store_of_a_newer_version_is_said(self):
        self.assertEqual(thaw("registry", "synthesize", "--people", 50, "--db", self.db).returncode, 0)
        with sqlite3.connect(self.db) as store:
            store.execute("update schema_version set version = 9999 where module = 'registry'")
        for command in (["registry", "summary"], ["start", "--people", "0", "--once"]):
            self.refused(thaw(*command, "--db", self.db), BAD_INPUT, "newer", "9999")

    def test_a_store_that_is_no_database_is_said(self):
        self.db.write_text("this is not a database, only a text of some length\n" * 100)
        self.refused(thaw("registry", "summary", "--db", self.db), BAD_INPUT, "t.db")

    def test_a_folder_that_is_not_there_is_said(self):
        done = thaw("registry", "summary", "--db", self.folder / "no/such/t.db")
        self.refused(done, UNAVAILABLE, "no/such/t.db")

    def test_a_server_that_does_not_answer_is_said_without_the_password(self):
        url = "postgresql://someone:s3cret@127.0.0.1:1/thaw"
        done = thaw("registry", "summary", "--db", url)
        self.refused(done, UNAVAILABLE)
        self.assertNotIn("s3cret", done.stderr)

    def test_a_full_disk_is_said_and_nothing_is_half_loaded(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

        done = thaw("registry", "synthesize", "--people", 5000, "--db", self.db,
                    preexec_fn=small_files)
        self.refused(done, UNAVAILABLE)
        self.assertEqual(self.people(), 0)

    @unittest.skipUnless(os.path.exists("/dev/full"), "this system has no /dev/full")
    def test_an_answer_that_cannot_be_written_is_not_success(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([THAW, "registry", "summary", "--json", "--db", self.db], stdout=full,
                                  stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, UNAVAILABLE)
        self.assertIn("could not be written", done.stderr)

    def test_a_truth_file_that_cannot_be_written_is_said(self):
        done = thaw("registry", "synthesize", "--people", 50, "--db", self.db,
                    "--truth", self.folder / "no/truth.json")
        self.refused(done, UNAVAILABLE, "no/truth.json")

    def test_a_kill_in_the_middle_of_a_load_leaves_nothing_half_loaded(self):
        process = subprocess.Popen([THAW, "registry", "synthesize", "--people", "18000",
                                    "--db", self.db], stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)
        wal = pathlib.Path(f"{self.db}-wal")
        begun = time.monotonic()
        while process.poll() is None and time.monotonic() - begun < 60:
            if wal.exists() and wal.stat().st_size > 1_000_000:
                break
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.assertIn(self.people(), (0, 18000))

    def test_a_second_registry_is_refused_and_the_first_stays(self):
        self.assertEqual(thaw("registry", "synthesize", "--people", 100, "--db", self.db).returncode, 0)
        done = thaw("registry", "synthesize", "--people", 100, "--db", self.db)
        self.refused(done, BAD_INPUT)
        self.assertEqual(self.people(), 100)

    def test_files_that_are_not_there_are_4(self):
        self.refused(thaw("registry", "import", "no.csv", "--map", "no.json", "--db", self.db),
                     NOT_FOUND, "no.json")

    def test_a_map_that_is_not_json_is_said(self):
        csv, bad_map = self.write("a.csv", "id\n1\n"), self.write("m.json", "{not json")
        self.refused(thaw("registry", "import", csv, "--map", bad_map, "--db", self.db), BAD_INPUT,
                     "m.json")

    def test_an_unknown_word_in_an_option_is_refused(self):
        done = thaw("registry", "synthesize", "--population", "mars", "--db", self.db)
        self.assertEqual(done.returncode, USAGE)

    def test_synthesis_out_of_range_is_said(self):
        self.refused(thaw("registry", "synthesize", "--people", 0, "--db", self.db), BAD_INPUT)
        self.refused(thaw("registry", "synthesize", "--people", 10, "--visits", 1000, "--db", self.db),
                     BAD_INPUT)

    def test_an_unknown_concept_is_4(self):
        done = thaw("evidence", "weigh", "--subject", "unobtainium", "--object", "survival",
                    "--db", self.db)
        self.refused(done, NOT_FOUND, "unobtainium")
        done = thaw("inquiry", "rank", "--outcome", "unobtainium", "--db", self.db)
        self.refused(done, NOT_FOUND, "unobtainium")

    def test_a_causal_graph_that_cannot_be_read_or_asked_is_said(self):
        for name, text, words in (("cycle.txt", "dag { a -> b b -> c c -> a }", ("a -> b -> c -> a",)),
                                  ("cut.txt", "dag { a -> b", ("cut.txt:1", "}")),
                                  ("empty.txt", "", ("empty",)),
                                  ("bad.json", '{"nodes": ["a"], "edges": [{"from": "a", "to": "b"}]}',
                                   ("edge 1", '"b"')),
                                  ("bad.bif", "network n { } variable a { type discrete [ 2 ] { y, n }; }",
                                   ("no probability table",)),
                                  ("bytes.txt", b"\xff\xfe\x00", ("bytes.txt",))):
            done = thaw("identify", self.write(name, text), "--treatment", "a", "--outcome", "b")
            self.refused(done, BAD_INPUT, name, *words)
        graph = self.write("g.txt", "dag { riluzole -> survival }")
        self.refused(thaw("identify", graph, "--treatment", "riluzole", "--outcome", "survivl"),
                     NOT_FOUND, "survivl", "survival")
        self.refused(thaw("identify", graph, "--treatment", "riluzole", "--outcome", "riluzole"), BAD_INPUT,
                     "riluzole")
        self.refused(thaw("identify", graph), BAD_INPUT, "treatment")
        self.refused(thaw("identify", self.folder / "none.txt"), NOT_FOUND, "none.txt")
        table = self.write("t.csv", "riluzole,other\n1,2\n0,3\n")
        self.refused(thaw("identify", graph, "--treatment", "riluzole", "--outcome", "survival",
                          "--data", table), NOT_FOUND, "survival")

    def test_a_prior_out_of_range_is_refused(self):
        done = thaw("evidence", "weigh", "--subject", "riluzole", "--object", "survival",
                    "--prior", "1.5", "--db", self.db)
        self.assertIn(done.returncode, (USAGE, BAD_INPUT), done.stderr)
        self.assertEqual(done.stdout, "")

    def test_an_evidence_file_that_is_not_what_it_claims_is_3(self):
        before = thaw("evidence", "weigh", "--subject", "riluzole", "--object", "survival", "--json",
                      "--db", self.db)
        self.assertEqual(before.returncode, 0, before.stderr)
        for name, text, words in (("x.dat", "hello", ("--as", "indra")),
                                  ("x.json", '[{"type":"Activation","db_refs":[', ("line 1",)),
                                  ("x.tsv", "subject\trelation\tobject\tstudy_kind\n", ("no record",)),
                                  ("x.jsonl.gz", b"\x1f\x8b\x08\x00cut", ("gzip",)),
                                  ("x.yaml", "graph: [\ndrug_mesh: *a\n", ("line 1",))):
            done = thaw("evidence", "import", self.write(name, text), "--db", self.db)
            self.refused(done, BAD_INPUT, name, *words)
        self.refused(thaw("evidence", "import", self.folder / "none.json", "--db", self.db), NOT_FOUND)
        self.refused(thaw("evidence", "import", self.folder, "--db", self.db), BAD_INPUT)
        self.refused(thaw("evidence", "export", "--as", "word", "--db", self.db), BAD_INPUT, "graphml")
        for text in ("not json\n", '{"a": 1}\n', b"\xff\xfe\x00", '{"record": "item"}\n'):
            bad = self.write("bad.jsonl", text)
            done = thaw("evidence", "import", bad, "--db", self.db)
            self.refused(done, BAD_INPUT, "bad.jsonl")
        after = thaw("evidence", "weigh", "--subject", "riluzole", "--object", "survival", "--json",
                     "--db", self.db)
        self.assertEqual(after.stdout, before.stdout)


class Server(unittest.TestCase):
    def test_ends_cleanly_soon_after_ctrl_c(self):
        with ThawServer(THAW, people=0) as server:
            begun = time.monotonic()
            self.assertEqual(server.stop(), 0)
            # The text engine, still warming up right after the start, ends what it does first.
            self.assertLess(time.monotonic() - begun, 10.0)

    def test_bad_requests_get_documents(self):
        import http.client
        with ThawServer(THAW, people=0) as server:
            port = int(re.search(r":(\d+)$", server.url)[1])
            for path, status in (("/api/none", 404), ("/api/weigh", 400),
                                 ("/api/weigh?subject=unobtainium&object=survival", 404),
                                 ("/api/rank?outcome=unobtainium", 404),
                                 ("/api/rank?outcome=survival&population=mars", 404),
                                 ("/api/rank?outcome=survival&x=1", 400),
                                 ("/api/graph?concept=" + 201 * "a", 400),
                                 ("/api/rank?top=many", 400), ("/api/graph?concept=riluzole&depth=99", 400),
                                 ("/api/ask?q=%FF", 400), ("/api/concepts?q=a&q=b", 400)):
                link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                link.request("GET", path)
                answer = link.getresponse()
                body = answer.read().decode()
                self.assertEqual(answer.status, status, f"{path}: {body}")
                self.assertIn('"error"', body)
                self.assertTrue(answer.getheader("Content-Type").startswith("application/json"))
                link.close()


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
