#!/usr/bin/env python3
"""What a person said and what was done for them: nothing acknowledged is lost, also to a kill.

    speaking_test.py THAW
"""
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from thaw_server import ThawServer  # noqa: E402

THAW = pathlib.Path(sys.argv.pop(1)).resolve()


def ask(server, method: str, path: str, body=None, headers=None):
    connection = http.client.HTTPConnection(urllib.parse.urlparse(server.url).netloc, timeout=30)
    connection.request(method, path, None if body is None else json.dumps(body).encode(),
                       {"Content-Type": "application/json", **(headers or {})})
    answer = connection.getresponse()
    document = json.loads(answer.read())
    connection.close()
    return answer.status, document


class Speaking(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_to_a_kill(self):
        with tempfile.TemporaryDirectory(prefix="thaw-") as folder:
            db = pathlib.Path(folder) / "kept.db"
            with ThawServer(THAW, 0, "--db", str(db)) as server:
                acknowledged = 0
                killer = threading.Timer(0.7, lambda: server.process.send_signal(signal.SIGKILL))
                killer.start()
                try:
                    while True:
                        status, document = ask(server, "POST", "/api/speak/select",
                                               {"client": "t", "revision": acknowledged, "act": "type",
                                                "key": "letter", "draft": {"n": acknowledged + 1}})
                        self.assertEqual(status, 200, document)
                        acknowledged = document["revision"]
                except (OSError, http.client.HTTPException):
                    pass
            self.assertGreater(acknowledged, 3)
            with ThawServer(THAW, 0, "--db", str(db)) as server:
                kept = server.get("/api/speak/state")
            # The one under way may have been kept without its answer, none before it may be missing.
            self.assertIn(kept["revision"], (acknowledged, acknowledged + 1))
            self.assertEqual(kept["draft"]["n"], kept["revision"])

    def test_a_call_runs_the_command_and_care_is_exported(self):
        with tempfile.TemporaryDirectory(prefix="thaw-") as folder:
            folder = pathlib.Path(folder)
            bell = folder / "bell.sh"
            bell.write_text('#!/bin/sh\necho "$1 $THAW_CALL_KIND" > "$(dirname "$0")/rung"\n')
            bell.chmod(0o755)
            db = folder / "care.db"
            with ThawServer(THAW, 0, "--db", str(db), "--call-command", f"{bell} 'two words'") as server:
                _, called = ask(server, "POST", "/api/care/call", {})
                status, _ = ask(server, "POST", "/api/care/call/acknowledge",
                                {"id": called["call"]["id"], "name": "Li"})
                self.assertEqual(status, 200)
                status, _ = ask(server, "POST", "/api/care/done",
                                {"reminder": "reminder-reposition", "name": "Li", "by": "partner"})
                self.assertEqual(status, 200)
                end = time.monotonic() + 10
                while not (folder / "rung").exists() and time.monotonic() < end:
                    time.sleep(0.05)
                time.sleep(0.1)
                self.assertEqual((folder / "rung").read_text(), "two words call\n")
            out = subprocess.run([THAW, "care", "export", "--db", db, "--json"], capture_output=True,
                                 text=True, timeout=60, check=True)
            document = json.loads(out.stdout)
            self.assertEqual(document["format"], "thaw.care.1")
            self.assertEqual([e["what"] for e in document["events"]], ["called", "acknowledged", "done"])
            self.assertEqual(document["events"][2]["name"], "Li")
            self.assertEqual(len({e["id"] for e in document["events"]}), 3)

    def test_a_wrong_call_command_is_said_at_the_start(self):
        out = subprocess.run([THAW, "start", "--people", "0", "--port", "0", "--db", ":memory:",
                              "--call-command", "bell 'open"], capture_output=True, text=True, timeout=60)
        self.assertEqual(out.returncode, 3, out.stderr)

    def test_a_proxy_and_a_foreign_name_are_not_this_machine(self):
        with ThawServer(THAW, 0) as server:
            for headers in ({"X-Forwarded-For": "10.0.0.9"}, {"Forwarded": "for=10.0.0.9"},
                            {"Host": "evil.example"}, {"Origin": "https://evil.example"}):
                status, document = ask(server, "POST", "/api/care/call", {}, headers)
                self.assertEqual(status, 403, headers)
                self.assertEqual(document["error"]["kind"], "denied")


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
