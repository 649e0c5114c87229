#!/usr/bin/env python3
"""The server under load, at the size that is promised: 18,000 people with 20 reports each.

    bench/load.py THAW [--people N] [--visits N] [--clients N] [--seconds S]

Starts `thaw start` on a new store and prints: seconds until ready (synthesis included), peak memory,
and for every address the pages use the time of the first answer, the requests a second and the
median, 95th and 99th percentile of the time to an answer, with wrk. Ends with 1 when a promise is
not held: ready in 20 s, 1 GB, p95 30 ms, every answer 200.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from thaw_server import ThawServer  # noqa: E402

READY_SECONDS, MEMORY_MIB, P95_MS = 20.0, 1000.0, 30.0
PATHS = [
    "/", "/api/status", "/api/about", "/api/people", "/api/concepts?q=edar", "/api/concepts?q=",
    "/api/rank?outcome=thaw:alsfrs_r_decline&top=20",
    "/api/weigh?subject=riluzole&object=survival&explain=1",
    "/api/weigh?subject=AMX0035&object=ALSFRS-R%20decline&as_of=2021",
    "/api/ask?q=Does%20riluzole%20slow%20ALS%3F&lang=en", "/api/chains?from=riluzole&to=survival",
    "/api/graph?concept=riluzole&depth=2", "/api/registry?subject=riluzole&object=survival",
]


def script(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "report.lua"
    path.write_text("""
done = function(summary, latency, requests)
  io.write(string.format("RESULT %.1f %.3f %.3f %.3f %d\\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read))
end
""")
    return path


def load(url: str, clients: int, seconds: int, lua: pathlib.Path):
    """(requests a second, p50, p95, p99 in ms, failures) of one address."""
    done = subprocess.run(["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip",
                           "-s", lua, url],
                          capture_output=True, text=True)
    found = re.search(r"RESULT ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", done.stdout)
    if not found:
        sys.exit(f"bench/load.py: wrk did not report: {done.stdout}{done.stderr}")
    return tuple(float(x) for x in found.groups())


def first_answer_ms(server, path: str) -> float:
    begun = time.monotonic()
    with urllib.request.urlopen(server.url + path, timeout=60) as answer:
        answer.read()
    return (time.monotonic() - begun) * 1e3


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("thaw", type=pathlib.Path)
    parser.add_argument("--people", type=int, default=18000)
    parser.add_argument("--visits", type=int, default=20)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=3)
    given = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("bench/load.py: please install wrk (Debian: apt-get install wrk)")
    broken = []
    with ThawServer(given.thaw, given.people, "--visits", str(given.visits)) as server:
        print(f"{given.people} people x {given.visits} reports: ready in {server.ready_seconds:.2f} s")
        if server.ready_seconds > READY_SECONDS:
            broken.append(f"ready in {READY_SECONDS:.0f} s")
        lua = script(pathlib.Path(server.folder.name))
        print(f"{'address':66} {'first ms':>9} {'req/s':>8} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}")
        for path in PATHS:
            first = first_answer_ms(server, path)
            rate, p50, p95, p99, failures = load(server.url + path, given.clients, given.seconds, lua)
            print(f"{path:66} {first:9.2f} {rate:8.0f} {p50:7.2f} {p95:7.2f} {p99:7.2f}", flush=True)
            if failures:
                broken.append(f"every answer of {path} is 200 ({failures:.0f} were not)")
            if p95 > P95_MS:
                broken.append(f"p95 {P95_MS:.0f} ms of {path}")
        memory = server.rss_mib()
        print(f"peak memory {memory:.0f} MiB")
        if memory > MEMORY_MIB:
            broken.append(f"{MEMORY_MIB:.0f} MiB")
    for promise in broken:
        print(f"NOT HELD: {promise}")
    return 1 if broken else 0


sys.exit(main())
