#!/usr/bin/env python3
"""Turns built web pages and the data/ folder into one assembler file and one C++ table.

Pages are compressed here, once (gzip without a time stamp, so that equal pages give equal programs)
and kept plain too, for clients that do not take gzip. Writes OUT/embedded.S, OUT/embedded.cc and
the bytes they point to. Declarations: src/api/embedded.h.
"""
import argparse
import gzip
import hashlib
import pathlib
import re
import sys

TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
    ".ico": "image/x-icon", ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json", ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
BUNDLED = {".tsv", ".json", ".jsonl", ".csv", ".md", ".bin", ".counts"}
HASHED = re.compile(r"^/assets/.*[-.][A-Za-z0-9_-]{8,}\.\w+$")


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def page_rows(pages: pathlib.Path, out: pathlib.Path):
    """One row a page file: (C++ initialiser without its bytes, gzip file, plain file)."""
    for path in sorted(p for p in pages.rglob("*") if p.is_file()):
        name = "/" + path.relative_to(pages).as_posix()
        if path.suffix == ".map":
            continue
        if path.suffix not in TYPES:
            sys.exit(f"embed.py: {path}: no content type is known for {path.suffix}")
        plain = path.read_bytes()
        digest = hashlib.sha256(plain).hexdigest()
        packed = out / f"{digest}.gz"
        packed.write_bytes(gzip.compress(plain, 9, mtime=0))
        (out / f"{digest}.raw").write_bytes(plain)
        immutable = "true" if HASHED.match(name) else "false"
        head = f"{quoted(name)}, {quoted(TYPES[path.suffix])}, {quoted(chr(34) + digest[:32] + chr(34))}, {immutable}"
        yield name, head, packed, out / f"{digest}.raw"


def assembler(symbols) -> str:
    lines = ["  .section .rodata"]
    for symbol, path in symbols:
        lines += [f"  .global {symbol}", f"  .global {symbol}_end", "  .balign 16", f"{symbol}:",
                  f"  .incbin {quoted(str(path))}", f"{symbol}_end:", "  .byte 0"]
    return "\n".join(lines) + '\n  .section .note.GNU-stack,"",%progbits\n'


def main():
    parser = argparse.ArgumentParser()
    for option in ("--pages", "--data", "--out"):
        parser.add_argument(option, type=pathlib.Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    symbols, declarations, assets, bundled = [], [], [], []

    def view(symbol: str, path: pathlib.Path) -> str:
        symbols.append((symbol, path))
        declarations.append(f'extern "C" const char {symbol}[], {symbol}_end[];')
        return f"view({symbol}, {symbol}_end)"

    rows = sorted(page_rows(given.pages, given.out))
    if not any(name == "/index.html" for name, *_ in rows):
        sys.exit(f"embed.py: {given.pages} has no index.html: the pages were not built")
    for number, (_, head, packed, plain) in enumerate(rows):
        gz, raw = view(f"thaw_page_{number}_gz", packed), view(f"thaw_page_{number}", plain)
        assets.append(f"    {{{head},\n     {gz}, {raw}}},")
    files = sorted(p for p in given.data.rglob("*") if p.is_file() and p.suffix in BUNDLED)
    for number, path in enumerate(files):
        name = path.relative_to(given.data).as_posix()
        bundled.append(f"    {{{quoted(name)}, {view(f'thaw_data_{number}', path)}}},")

    (given.out / "embedded.S").write_text(assembler(symbols))
    (given.out / "embedded.cc").write_text("\n".join([
        '#include "api/embedded.h"', "", *declarations, "", "namespace thaw::api {", "namespace {", "",
        "std::string_view view(const char* first, const char* last) {",
        "  return {first, static_cast<std::size_t>(last - first)};", "}", "", "}  // namespace", "",
        "std::span<const Asset> embedded_assets() {",
        f"  static const std::array<Asset, {len(assets)}> kAssets{{{{", *assets, "  }};",
        "  return kAssets;", "}", "",
        "std::span<const BundledFile> bundled_files() {",
        f"  static const std::array<BundledFile, {len(bundled)}> kFiles{{{{", *bundled, "  }};",
        "  return kFiles;", "}", "", "}  // namespace thaw::api", ""]))


main()
