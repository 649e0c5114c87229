#!/usr/bin/env python3
"""The project's own tools must be able to fail: each planted fault is found, and only it.

    tools_test.py [THAW]    (the program is not used)
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CMAKE = "thaw_module(base fmt::fmt)\nthaw_module(db thaw_base)\nthaw_module(api thaw_db)\n"


class Tidy(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        subprocess.run(["git", "init", "-q"], cwd=self.folder, check=True)
        self.write("CMakeLists.txt", CMAKE)
        self.write("src/base/a.h", "// One job.\n#pragma once\n")

    def write(self, name: str, text: str):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def tidy(self):
        return subprocess.run([sys.executable, ROOT / "tools/tidy.py", self.folder],
                              capture_output=True, text=True)

    def finds(self, name: str, text: str, *words: str):
        self.write(name, text)
        done = self.tidy()
        self.assertEqual(done.returncode, 1, name)
        self.assertEqual(len(done.stdout.splitlines()), len(words), done.stdout)
        for word in words:
            self.assertIn(word, done.stdout)

    def test_a_clean_tree_passes(self):
        self.write("src/api/b.cc", '#include "db/db.h"\n#include <vector>\n')
        self.write("src/db/x_store.cc", 'const char* q = "select a from b";\n')
        done = self.tidy()
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_an_upward_include_is_found(self):
        self.finds("src/base/b.cc", '#include "db/db.h"\n', "base/ may not include db/")

    def test_a_banned_header_is_found(self):
        self.finds("src/base/b.cc", "#include <regex>\n", "<regex>")

    def test_sql_outside_a_store_file_is_found(self):
        self.finds("src/api/b.cc", 'auto q = "select a from b";\n', "SQL stands only in")

    def test_the_web_library_outside_its_file_is_found(self):
        self.finds("src/api/b.cc", "#include <boost/beast/http.hpp>\n", "only api/server.cc")

    def test_a_long_file_is_found(self):
        self.finds("web/src/a.ts", "let a;\n" * 501, "more than 500")

    def test_unfinished_work_and_machine_paths_are_found(self):
        self.finds("docs/a.md", "TO" + "DO later\n/wo" + "rk/main\n", "unfinished", "one machine")

    def test_a_package_host_in_a_lock_file_is_found(self):
        self.finds("web/package-lock.json", '{"res' + 'olved": "https://packages.example/a.tgz"}\n',
                   "package host")

    def test_a_folder_without_a_module_is_found(self):
        self.finds("src/util/a.cc", "\n", "no thaw_module")

    def test_a_header_without_its_job_is_found(self):
        self.finds("src/base/b.h", "#pragma once\n", "one job")

    def test_no_files_is_no_pass(self):
        with tempfile.TemporaryDirectory() as empty:
            pathlib.Path(empty, "CMakeLists.txt").write_text(CMAKE)
            done = subprocess.run([sys.executable, ROOT / "tools/tidy.py", empty],
                                  capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)


class Embed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "dist/assets").mkdir(parents=True)
        (self.folder / "data").mkdir()
        (self.folder / "data/a.json").write_text("{}")

    def embed(self, out: str):
        return subprocess.run([sys.executable, ROOT / "tools/embed.py", "--pages",
                               self.folder / "dist", "--data", self.folder / "data",
                               "--out", self.folder / out], capture_output=True, text=True)

    def test_pages_that_were_not_built_are_an_error(self):
        done = self.embed("out")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("index.html", done.stderr)

    def test_equal_pages_give_equal_bytes_and_hashed_names_are_immutable(self):
        (self.folder / "dist/index.html").write_text("<!doctype html>")
        (self.folder / "dist/assets/index-AbCd_f12.js").write_text("let a")
        (self.folder / "dist/assets/plain.js").write_text("let b")
        for out in ("one", "two"):
            self.assertEqual(self.embed(out).returncode, 0)
        table = (self.folder / "one/embedded.cc").read_text()
        self.assertEqual(table, (self.folder / "two/embedded.cc").read_text())
        for path in (self.folder / "one").glob("*.gz"):
            self.assertEqual(path.read_bytes(), (self.folder / "two" / path.name).read_bytes())
        lines = {line.split('"')[1]: line for line in table.splitlines() if line.startswith('    {"/')}
        self.assertEqual(list(lines), ["/assets/index-AbCd_f12.js", "/assets/plain.js", "/index.html"])
        self.assertEqual(["true" in line for line in lines.values()], [True, False, False])

    def test_a_page_of_unknown_type_is_an_error(self):
        (self.folder / "dist/index.html").write_text("<!doctype html>")
        (self.folder / "dist/a.exe").write_text("x")
        self.assertIn("no content type", self.embed("out").stderr)


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
