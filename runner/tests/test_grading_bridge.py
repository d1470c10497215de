"""The stand-in against a real process: everything that tests do with a module, and what a program does instead of
answering."""

import ast
import os
import shutil
import signal
import sys
import tempfile
import types
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
for place in (HERE, ROOT):
    if place not in sys.path:
        sys.path.insert(0, place)

from bridge.service import Service  # noqa: E402
from runner.grading import wire  # noqa: E402
from runner.grading.bridge import ProgramEnded, RemoteBridge  # noqa: E402


class Late(BaseException):
    pass


class Base(unittest.TestCase):
    def start(self, code, tests=""):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder, True)
        with open(os.path.join(folder, "main.py"), "w", encoding="utf-8") as file:
            file.write(code)
        service = Service(folder, ROOT)
        self.addCleanup(service.close)
        bridge = RemoteBridge(service.bridge_end.fileno())
        bridge.begin_job(code)
        bridge.mentioned(list(ast.walk(ast.parse(tests))))
        bridge.install()
        self.addCleanup(self.forget, bridge)
        return bridge

    @staticmethod
    def forget(bridge):
        sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, "bridge", None) is not bridge]
        for name in bridge.names:
            sys.modules.pop(name, None)


class EverythingTests(Base):
    def test_the_stand_in_is_used_like_the_module(self):
        with open(os.path.join(HERE, "bridge", "program.py"), encoding="utf-8") as file:
            code = file.read()
        with open(os.path.join(HERE, "bridge", "checks.py"), encoding="utf-8") as file:
            tests = file.read()
        self.start(code, tests)
        module = types.ModuleType("tests")
        sys.modules["tests"] = module
        self.addCleanup(sys.modules.pop, "tests", None)
        for node in ast.parse(tests).body:
            with self.subTest(line=node.lineno):
                exec(compile(ast.Module([node], []), "checks.py", "exec"), module.__dict__)


class WhatCannotBeAnsweredTests(Base):
    def ended(self, code, call="f"):
        bridge = self.start(code + "\ndef good(): return 1\n")
        bridge.begin()
        with self.assertRaises(ProgramEnded):
            bridge.get(call)()
        self.assertIn("did not answer", bridge.end())
        # The next one finds a program again, and what was imported before goes on.
        bridge.begin()
        self.assertEqual(bridge.get("good")(), 1)
        self.assertIsNone(bridge.end())

    def test_an_exit(self):
        self.ended("import os\ndef f(): os._exit(0)")

    def test_a_signal(self):
        self.ended("import os\ndef f(): os.kill(os.getpid(), 9)")

    def test_another_program(self):
        self.ended("import os\ndef f(): os.execv('/bin/true', ['true'])")

    def test_a_forged_answer_is_a_value_at_best(self):
        forged = "import glob, os\ndef f():\n"
        forged += "    body = b'[\"ret\",1,2,[]]'\n"
        forged += "    for fd in range(3, 64):\n        try: os.write(fd, len(body).to_bytes(4, 'little') + body)\n"
        forged += "        except OSError: pass\n"
        self.ended(forged)

    def test_garbage(self):
        for body in (b"[[[[", b"nonsense", b'["ret",2,["zz",1],[]]', b'["ret",2,["T","eval"],[]]', b"[]", b'["cb",1,99,"call",[],{}]'):
            with self.subTest(body=body):
                code = "import os\nbody = %r\ndef f():\n" % body
                code += "    for fd in range(3, 64):\n        try: os.write(fd, len(body).to_bytes(4, 'little') + body)\n"
                code += "        except OSError: pass\n    while True: pass\n"
                self.ended(code)

    def test_an_alarm_gives_the_program_up(self):
        bridge = self.start("import time\ndef f():\n    while True: pass\ndef good(): return 1\n")
        good = bridge.get("good")
        f = bridge.get("f")

        def ring(*args):
            raise Late

        before = signal.signal(signal.SIGALRM, ring)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        for _ in range(3):
            bridge.begin()
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            with self.assertRaises(Late):
                f()
            self.assertIn("in time", bridge.end())
            self.assertEqual(good(), 1)

    def test_what_the_load_raised_is_raised_again(self):
        bridge = self.start("x = 1 / 0")
        for _ in range(2):
            with self.assertRaises(ZeroDivisionError):
                bridge.get("x")

    def test_objects_of_the_tests_are_not_a_way_in(self):
        code = "def f(o, name): return getattr(o, name)\ndef s(o, name): setattr(o, name, 1)\n"
        bridge = self.start(code)
        f, s = bridge.get("f"), bridge.get("s")
        mock = unittest.mock.Mock()
        for value in (lambda: 1, self, mock, (x for x in "ab"), sys, ValueError, type(self)):
            for name in ("__globals__", "__class__", "__dict__", "gi_frame", "__code__", "assert_called_once", "_x"):
                if name in ("__class__", "__dict__"):
                    continue
                with self.subTest(value=value, name=name):
                    with self.assertRaises(Exception):
                        result = f(value, name)
                        # A name of the stand-in's own, on the other side: not the tests' object's.
                        self.assertNotIsInstance(result, (types.FunctionType, types.FrameType, types.CodeType))
                        raise AttributeError
        for name in ("assert_called_once", "return_value", "side_effect"):
            with self.assertRaises(AttributeError):
                s(mock, name)


class CodecTests(unittest.TestCase):
    def test_any_value_comes_back_as_it_was(self):
        import random

        rng = random.Random(7)
        scalars = [None, True, False, 0, -1, 2**70, -(2**9000), 1.5, -0.0, float("inf"), "", "\ud800é", b"\xff", ...]

        def value(depth):
            if depth == 0 or rng.random() < 0.4:
                return rng.choice(scalars)
            kind = rng.choice([list, tuple, set, frozenset, dict])
            items = [value(depth - 1) for _ in range(rng.randrange(4))]
            try:
                return {hash(item) and item: item for item in items} if kind is dict else kind(items)
            except TypeError:
                return items

        def refuse(writer, value):
            raise TypeError(value)

        for _ in range(3000):
            before = value(5)
            body = wire.frame(wire.Writer(refuse).value(before))[4:]
            after = wire.Reader(None).value(wire.parse(body))
            self.assertEqual(repr(sorted_sets(before)), repr(sorted_sets(after)))

    def test_garbage_is_refused_and_nothing_else(self):
        import random

        rng = random.Random(8)
        tags = ["l", "s", "t", "z", "d", "od", "ct", "dd", "dq", "b", "ba", "n", "f", "c", "r", "sl", "dt", "de", "T", "="]

        def item(depth):
            pick = rng.random()
            if depth == 0 or pick < 0.3:
                return rng.choice([None, 1, -5, 2.5, "x", "eval", {}, {"a": 1}, True, 10**30])
            return [rng.choice(tags)] + [item(depth - 1) for _ in range(rng.randrange(5))]

        def resolve(reader, item):
            raise wire.Broken("unknown tag")

        for _ in range(20000):
            try:
                wire.Reader(resolve).value(item(4))
            except wire.Broken:
                pass
        for _ in range(20000):
            body = bytes(rng.randrange(256) for _ in range(rng.randrange(30)))
            try:
                wire.parse(body)
            except wire.Broken:
                pass


def sorted_sets(value):
    """Sets in a fixed order, so that two texts can be compared."""
    if type(value) in (set, frozenset):
        return (type(value).__name__, sorted(map(repr, map(sorted_sets, value))))
    if type(value) in (list, tuple):
        return type(value)(map(sorted_sets, value))
    if type(value) is dict:
        return [(sorted_sets(key), sorted_sets(item)) for key, item in value.items()]
    return value


if __name__ == "__main__":
    unittest.main()
