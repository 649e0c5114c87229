#!/usr/bin/env python3
"""What is written is heard: tones, WAVs, voices that fail, and a language model that is asked.

    voice_test.py THAW
"""
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
import wave

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from misbehaving_server import Misbehaving  # noqa: E402
from thaw_server import ThawServer  # noqa: E402

THAW = pathlib.Path(sys.argv.pop(1)).resolve()
BAD_INPUT, UNAVAILABLE = 3, 6
ESPEAK = shutil.which("espeak-ng")
CLEAN = {k: v for k, v in os.environ.items() if k not in ("THAW_LLM_KEY", "http_proxy", "HTTP_PROXY")}
TONE = """#!/usr/bin/env python3
import os, struct, sys
text = sys.stdin.read().strip()
print(os.environ["THAW_VOICE_LANG"], os.environ["THAW_VOICE_PINYIN"], file=open(sys.argv[1], "w"))
b = b"".join(struct.pack("<h", 9000 if k % 16 < 8 else -9000) for k in range(800 * len(text)))
endless = struct.pack("<I", 0xffffffff)
form = struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
sys.stdout.buffer.write(b"RIFF" + endless + b"WAVEfmt " + form + b"data" + endless + b)
"""


def chat(sentences):
    content = sentences if isinstance(sentences, str) else json.dumps({"sentences": sentences})
    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    return lambda method, path, query, asked: ("application/json", body)


class Voice(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="thaw-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.tone = self.folder / "tone.py"
        self.tone.write_text(TONE)
        self.tone.chmod(self.tone.stat().st_mode | stat.S_IXUSR)
        self.told = self.folder / "told.txt"

    def say(self, *arguments, code=0, env=None):
        done = subprocess.run([THAW, "gaze", "say", *map(str, arguments), "--json"],
                              capture_output=True, text=True, timeout=120, env=env or CLEAN)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def test_polyphones_have_their_tones(self):
        for text, pinyin in (("重庆", "chong2 qing4"), ("银行行长", "yin2 hang2 hang2 zhang3"),
                             ("长大", "zhang3 da4"), ("因为我认为", "yin1 wei4 wo3 ren4 wei2"),
                             ("吃了", "chi1 le5"), ("绿色", "lv4 se4")):
            self.assertEqual(self.say(text, "--voice", "none")["pinyin"], pinyin)

    def test_what_was_typed_chooses(self):
        self.assertEqual(self.say("行长", "--pinyin", "xing chang", "--voice", "none")["pinyin"],
                         "xing2 chang2")
        self.assertIn("3 syllables", self.say("重庆", "--pinyin", "a b c", "--voice", "none",
                                              code=BAD_INPUT))

    @unittest.skipUnless(ESPEAK, "espeak-ng is not installed")
    def test_a_sentence_is_a_wav_with_a_time_for_each_word(self):
        out = self.folder / "a.wav"
        said = self.say("我想喝一点温水。", "--out", out)
        self.assertEqual(said["times"], "measured")
        with wave.open(str(out)) as sound:
            seconds = sound.getnframes() / sound.getframerate()
        self.assertAlmostEqual(seconds * 1000, said["duration_ms"], delta=1)
        times = [(w["start_ms"], w["end_ms"]) for w in said["words"] if w["start_ms"] is not None]
        self.assertEqual(times, sorted(times))
        self.assertLessEqual(times[-1][1], said["duration_ms"])
        longer = self.say("我想喝一点温水，请把床头抬高一点。")
        self.assertGreater(longer["duration_ms"], said["duration_ms"] + 500)

    def test_a_command_speaks(self):
        said = self.say("你好", "--voice-command", f"python3 '{self.tone}' '{self.told}'")
        self.assertEqual((said["adapter"], said["duration_ms"], said["times"]),
                         ("command", 200, "estimated"))
        self.assertEqual(self.told.read_text(), "zh ni3 hao3\n")

    def test_a_voice_that_fails_is_said_in_one_sentence(self):
        hi = "hello"
        for command, code, word in (("/no/such/voice", UNAVAILABLE, "no program"),
                                    ("false", UNAVAILABLE, "code 1"),
                                    ("echo hello", BAD_INPUT, "no WAV"),
                                    ("say 'open", BAD_INPUT, "does not end")):
            told = self.say(hi, "--voice-command", command, code=code)
            self.assertIn(word, told)
            self.assertEqual(told.count("\n"), 1, told)
        nowhere = CLEAN | {"PATH": str(self.folder)}
        self.assertIn("not installed", self.say(hi, code=UNAVAILABLE, env=nowhere))
        self.say("😀", code=BAD_INPUT)

    def ask(self, server, path, body=None):
        request = urllib.request.Request(server.url + path,
                                         None if body is None else json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                raw = reply.read()
                return reply.status, raw if path.startswith("/api/voice/wav") else json.loads(raw)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def test_the_server_speaks_and_asks_a_model_only_where_one_is_named(self):
        words = [{"text": "你好", "pinyin": "ni hao"}, {"text": "。", "pinyin": ""}]
        with Misbehaving(chat(["我想喝水", "你想喝水"])) as model, ThawServer(
                THAW, 0, "--voice-command", f"python3 '{self.tone}' '{self.told}'",
                "--expander-endpoint", model.url, "--expander-model", "small") as server:
            self.assertEqual(self.ask(server, "/api/voice"), (200, {"adapter": "command", "note": None}))
            status, spoken = self.ask(server, "/api/voice", {"lang": "zh", "words": words})
            self.assertEqual((status, spoken["duration_ms"]), (200, 300), spoken)
            self.assertEqual([w["index"] for w in spoken["words"]], [0])
            self.assertEqual(self.ask(server, spoken["url"])[1][:4], b"RIFF")
            status, told = self.ask(server, "/api/gaze/expander")
            self.assertTrue(told["configured"])
            self.assertIn(told["host"], told["leaves"]["en"])
            self.assertEqual(len(model.requests), 0)
            status, answer = self.ask(server, "/api/gaze/expand",
                                      {"lang": "zh", "keywords": "wxhs", "dialogue": ["渴吗"]})
            self.assertEqual(status, 200, answer)
            self.assertEqual([s["text"] for s in answer["sentences"]], ["我想喝水"])
            self.assertEqual(len(model.requests), 1)
            self.assertEqual(json.loads(model.requests[0]["body"]), answer["sent"]["body"])
            sent = json.loads(answer["sent"]["body"]["messages"][1]["content"])
            self.assertEqual(sent, {"dialogue": ["渴吗"], "keywords": "wxhs"})

    def test_without_a_model_or_a_voice_the_pages_are_told(self):
        with ThawServer(THAW, 0, "--voice", "none") as server:
            self.assertEqual(self.ask(server, "/api/voice")[1]["adapter"], "none")
            words = [{"text": "hi", "pinyin": ""}]
            self.assertEqual(self.ask(server, "/api/voice", {"lang": "en", "words": words})[0], 503)
            self.assertFalse(self.ask(server, "/api/gaze/expander")[1]["configured"])
            self.assertEqual(self.ask(server, "/api/gaze/expand",
                                      {"lang": "zh", "keywords": "wxhs"})[0], 409)


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
