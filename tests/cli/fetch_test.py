#!/usr/bin/env python3
"""Fetching documents from servers that err, cut, drip and die, and importing them from files.

    fetch_test.py THAW
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from misbehaving_server import Misbehaving, pubmed, trials  # noqa: E402

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
BAD_INPUT, NOT_FOUND, UNAVAILABLE = 3, 4, 6
CLEAN = {k: v for k, v in os.environ.items() if k not in ("NCBI_API_KEY", "http_proxy", "HTTP_PROXY")}


class Fetch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.db = self.folder / "t.db"

    def thaw(self, *arguments, env=None, code=0):
        done = subprocess.run([THAW, *map(str, arguments), "--db", self.db], capture_output=True,
                              text=True, timeout=300, env=env or CLEAN)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def fetch(self, service, server, *more, query="als", **options):
        done = self.thaw("evidence", "fetch", service, query, "--base-url", server.url, "--json",
                         *more, **options)
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr

    def test_pubmed_comes_page_by_page_and_again_changes_nothing(self):
        with Misbehaving(pubmed(450)) as server:
            report = self.fetch("pubmed", server, "--email", "a@example.org")
            self.assertEqual((report["found"], report["wanted"]), (450, 450))
            self.assertEqual(report["kept"]["documents"]["added"], 450)
            paths = [r["path"] for r in server.requests]
            self.assertEqual(paths, ["/esearch.fcgi"] + 3 * ["/efetch.fcgi"])
            for request in server.requests:
                self.assertEqual(request["query"]["tool"], "thaw")
                self.assertEqual(request["query"]["email"], "a@example.org")
                self.assertNotIn("api_key", request["query"])
            self.assertEqual(server.requests[0]["query"]["usehistory"], "y")
            self.assertEqual(self.fetch("pubmed", server)["kept"]["documents"]["unchanged"], 450)

    def test_no_second_holds_more_than_three_requests(self):
        with Misbehaving(pubmed(900)) as server:
            self.fetch("pubmed", server)
            times = [r["at"] for r in server.requests]
        for first, fourth in zip(times, times[3:]):
            self.assertGreater(fourth - first, 0.9)

    def test_a_key_is_sent_and_never_shown(self):
        with Misbehaving(pubmed(10), faults=["500"]) as server:
            env = CLEAN | {"NCBI_API_KEY": "s3cretkey"}
            done = self.thaw("evidence", "fetch", "pubmed", "als", "--base-url", server.url, env=env)
            self.assertEqual(server.requests[0]["query"]["api_key"], "s3cretkey")
        self.assertNotIn("s3cretkey", done.stdout + done.stderr)
        self.assertNotIn(b"s3cretkey", self.db.read_bytes())

    def test_a_server_that_errs_cuts_and_drips_is_outlasted(self):
        faults = ["429", "cut", "500", "rubbish", "slow", "cut", "hang_up", "slow"]
        with Misbehaving(pubmed(450), faults=faults) as server:
            report = self.fetch("pubmed", server)
        self.assertEqual(report["kept"]["documents"]["added"], 450)
        self.assertGreaterEqual(report["retries"], 5)

    def test_a_server_that_never_recovers_is_said_and_what_came_before_stays(self):
        with Misbehaving(pubmed(450)) as server:
            server.faults = [None, None]
            server.always = "500"
            error = self.fetch("pubmed", server, code=UNAVAILABLE)
            self.assertIn("status 500", error)
            server.always = None
            report = self.fetch("pubmed", server)
        self.assertEqual(report["resumed_after"], 200)
        self.assertEqual(report["kept"]["documents"]["added"], 250)

    def test_a_fetch_that_is_killed_goes_on_where_it_was(self):
        with Misbehaving(pubmed(1000)) as server:
            process = subprocess.Popen([THAW, "evidence", "fetch", "pubmed", "als", "--base-url",
                                        server.url, "--db", self.db], env=CLEAN,
                                       stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            begun = time.monotonic()
            while len(server.requests) < 4 and time.monotonic() - begun < 60:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
            process.wait()
            before = len(server.requests)
            report = self.fetch("pubmed", server)
            self.assertGreaterEqual(report["resumed_after"], 200)
            again = server.requests[before]
            self.assertEqual(again["path"], "/efetch.fcgi")  # no new search
            self.assertEqual(int(again["query"]["retstart"]), report["resumed_after"])
        self.assertEqual(self.fetch_count(), 1000)

    def fetch_count(self):
        import sqlite3
        with sqlite3.connect(self.db) as store:
            return store.execute("select count(*) from document").fetchone()[0]

    def test_what_is_wrong_with_a_query_is_said(self):
        with Misbehaving(pubmed(0)) as server:
            self.assertIn("finds nothing", self.fetch("pubmed", server, code=NOT_FOUND))
            self.assertIn("Invalid query", self.fetch("pubmed", server, query="(((", code=BAD_INPUT))
            self.assertIn("empty", self.fetch("pubmed", server, query=" ", code=BAD_INPUT))

    def test_more_than_pubmed_gives_is_said(self):
        with Misbehaving(pubmed(50_000)) as server:
            report = self.fetch("pubmed", server, "--max", "150")
            self.assertEqual((report["found"], report["wanted"], report["notes"]), (50_000, 150, []))
            self.assertEqual(self.fetch_count(), 150)

    def test_trials_come_with_their_posted_analyses(self):
        with Misbehaving(trials(230), faults=["500", "cut", "slow"]) as server:
            report = self.fetch("trials", server)
            self.assertEqual(report["found"], 230)
            self.assertEqual(report["kept"]["documents"]["added"], 230)
            tokens = [r["query"].get("pageToken") for r in server.requests]
            self.assertEqual([t for t in tokens if t], ["100", "200"])
        import sqlite3
        with sqlite3.connect(self.db) as store:
            year, record = store.execute(
                "select year, record from document where id = 'NCT00000007'").fetchone()
        self.assertEqual(year, 2019)
        posted = {s["name"]: s["text"] for s in json.loads(record)["sections"]}["posted analyses"]
        self.assertIn("Mean Difference (Final Values) 2.3; 95 % interval 0.1 to 4.5; p 0.03", posted)

    def test_article_files_are_imported_by_their_look_and_a_bomb_is_refused(self):
        for name, kept in (("articles_pubmed.xml", 4), ("article_jats.xml", 1)):
            done = self.thaw("evidence", "import", ROOT / "docs/formats/examples" / name, "--json")
            self.assertEqual(json.loads(done.stdout)["documents"]["added"], kept, done.stdout)
        bomb = self.folder / "bomb.xml"
        bomb.write_text("<!DOCTYPE PubmedArticleSet [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>"
                        "<PubmedArticleSet><PubmedArticle>&b;</PubmedArticle></PubmedArticleSet>")
        done = self.thaw("evidence", "import", bomb, code=BAD_INPUT)
        self.assertIn("entity of its own", done.stderr)
        self.assertEqual(self.fetch_count(), 5)


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
