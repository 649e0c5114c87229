"""A started `thaw start` on a free loopback port with a store of its own, for tests and benches."""
import json
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

READY_SECONDS_MAX = 120


class ThawServer:
    """with ThawServer(program, people=2000) as server: ... server.url ...; "--db" keeps its store."""

    def __init__(self, program, people: int, *options: str):
        self.program = pathlib.Path(program).resolve()
        self.options = ["--people", str(people), "--port", "0", *options]
        self.url = ""
        self.ready_seconds = 0.0

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.log = open(pathlib.Path(self.folder.name) / "log", "w+")
        begun = time.monotonic()
        store = [] if "--db" in self.options else ["--db", pathlib.Path(self.folder.name) / "t.db"]
        self.process = subprocess.Popen(
            [self.program, "start", *store, *self.options],
            stdout=subprocess.DEVNULL, stderr=self.log, cwd=self.folder.name)
        try:
            self._wait(begun)
        except RuntimeError:
            self.__exit__()
            raise
        return self

    def _said(self) -> str:
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()

    def _wait(self, begun: float):
        while time.monotonic() - begun < READY_SECONDS_MAX:
            if self.process.poll() is not None:
                raise RuntimeError(f"thaw start ended with {self.process.returncode}:\n{self._said()}")
            if found := re.search(r"http://127\.0\.0\.1:\d+", self._said()):
                self.url = found[0]
                try:
                    if self.get("/api/status")["ready"]:
                        self.ready_seconds = time.monotonic() - begun
                        return
                except (urllib.error.URLError, KeyError):
                    pass
            time.sleep(0.05)
        raise RuntimeError(f"thaw start is not ready after {READY_SECONDS_MAX} s:\n{self._said()}")

    def get(self, path: str):
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return json.load(answer)

    def rss_mib(self) -> float:
        """Memory in use, and the most that ever was (MiB), is what the system says of the process."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def stop(self) -> int:
        """Asks it to end as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def __exit__(self, *_):
        self.stop()
        self.log.close()
        self.folder.cleanup()
