#!/usr/bin/env python3
"""Writes data/gaze/readings.tsv: the tone of each Hanzi at each syllable, from the Unihan database.

    make_readings.py Unihan_Readings.txt(.bz2) > data/gaze/readings.tsv

One line a syllable with its tone (5 is the neutral one; u with two dots is v):
syllable, Hanzi that are most often read so, Hanzi that are read so where they have this syllable
but are most often read with another. A Hanzi stands once a toneless syllable, with its likeliest
tone there: by the counts of kHanyuPinlu, then kMandarin, then the dictionaries' order. Needs no
network: Debian's package unicode-data has the file.
"""
import bz2
import collections
import pathlib
import re
import sys
import unicodedata

MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
RANGE = range(0x3400, 0xA000)  # the two blocks of the basic plane
# The weight of a field where no count is known: a count is never below 1.
FIELDS = {"kMandarin": 0.5, "kTGHZ2013": 0.1, "kXHC1983": 0.05, "kHanyuPinyin": 0.01}
# What is unstressed by itself; other neutral tones are of words.
UNSTRESSED = "的地得着了吗吧呢们嘛么啊呀哇啦喽嘞哩咧呗喔囉嗎們麼囖著"
NO_VOWEL = re.compile(r"^(h?m|h?n|h?ng|r|\u00ea.*|.*\u00ea.*)$")


def numbered(marked):
    """chong2 for the marked syllable; None where it is none that can be typed."""
    tone, plain = 5, ""
    for sign in unicodedata.normalize("NFD", marked.strip().lower()):
        if sign in MARKS:
            tone = MARKS[sign]
        elif sign == "\u0308":
            plain = plain[:-1] + "v"
        else:
            plain += sign
    if not re.fullmatch("[a-z]+", plain) or NO_VOWEL.match(plain):
        return None
    return plain, tone


def readings_of(field, value):
    if field == "kHanyuPinlu":
        for text, count in re.findall(r"(\S+?)\((\d+)\)", value):
            yield text, int(count)
    elif field == "kMandarin":
        yield value.split()[0], FIELDS[field]
    else:
        texts = [t for entry in value.split() for t in entry.split(":")[-1].split(",")]
        for place, text in enumerate(texts):
            yield text, FIELDS[field] / (1 + place)


def main():
    path = pathlib.Path(sys.argv[1])
    opened = bz2.open(path, "rt", encoding="utf-8") if path.suffix == ".bz2" else path.open()
    known = collections.defaultdict(collections.Counter)
    neutral = set(UNSTRESSED)
    for line in opened:
        if line.startswith("#") or not line.strip():
            continue
        code, field, value = line.rstrip("\n").split("\t")
        sign = int(code[2:], 16)
        if sign not in RANGE or (field != "kHanyuPinlu" and field not in FIELDS):
            continue
        for text, weight in readings_of(field, value):
            if syllable := numbered(text):
                known[chr(sign)][syllable] += weight
    first, other = collections.defaultdict(list), collections.defaultdict(list)
    for sign, weights in sorted(known.items()):
        if sign not in neutral:  # counted so inside words alone: its own tone is another
            weights = {s: w for s, w in weights.items() if s[1] != 5} or weights
        best = {}
        for syllable, weight in sorted(dict(weights).items(), key=lambda w: (-w[1], w[0])):
            best.setdefault(syllable[0], syllable)
        for place, syllable in enumerate(best.values()):
            (other if place else first)[syllable].append(sign)
    print("# Tones of Hanzi at their syllables; made by tools/make_readings.py from Unihan 15.0.0.")
    print("# Copyright 1991-2022 Unicode, Inc.; Unicode License (see NOTICE). Changed: picked and regrouped.")
    for plain, tone in sorted(first.keys() | other.keys()):
        print(f"{plain}{tone}\t{''.join(first[plain, tone])}\t{''.join(other[plain, tone])}")


main()
