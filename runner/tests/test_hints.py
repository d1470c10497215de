"""Hints, as a table: a program, a word that its hint must have (None: no hint)."""

import sys
import types
import unittest

import harness
from runner import report

CASES = [
    ("count = 1\nprint(cuont)", "`count`"),
    ("print(Lenght)\nlength = 1", None),
    ("prnt('x')", "`print`"),
    ("print(math.pi)", "`import math`"),
    ("print(sqrt(2))", "from math import sqrt"),
    ("x = true", "`True`"),
    ("print(zzqwk)", None),
    ("x = 1\ndef f():\n    x += 1\nf()", "global x"),
    ("def f(a):\n    if a:\n        y = 1\n    return y\nf(0)", "`y`"),
    ("'a' + 1", "str(...)"),
    ("1 + 'a'", "int(...)"),
    ("def f(): pass\n'a' + f()", "None"),
    ("f = len\nf + 1", "`()`"),
    ("'5' < 6", "text with a number"),
    ("list = [1]\nlist(range(3))", "`list` holds a list here and hides the built-in one"),
    ("x = 5\nx(2)", "`x` holds an int"),
    ("print((1 + 2)(3))", "`*`"),
    ("a = [1]\na.foo()(1)", None),
    ("def f(a, b): pass\nf(1)", "`b`"),
    ("def f(a, b, c): pass\nf()", "`a`, `b`"),
    ("def f(a): pass\nf(1, 2)", "takes 1 argument, but 2 were given"),
    ("class A:\n    def m(): pass\nA().m()", "def m(self)" if sys.version_info >= (3, 10) else None),
    ("class A:\n    def m(self): pass\nA.m()", "create one first"),
    ("def f(a): pass\nf(b=1)", "no parameter named `b`"),
    ("None[0]", "None here"),
    ("for x in None: pass", "None here"),
    ("a, b = None", "None here"),
    ("for i in 5: pass", "range"),
    ("'abc'[0] = 'x'", "Text cannot be changed"),
    ("{[]: 1}", "dictionary key"),
    ("[1]['a']", "indexed by position"),
    ("range(5 / 2)", "`//`"),
    ("len(5)", "no length"),
    ("a = [1, 2, 3]\na[3]", "`a` has 3 items: valid positions are 0 to 2"),
    ("a = []\na[0]", "`a` is empty"),
    ("'abc'[9]", "start at 0"),
    ("[].pop()", "nothing left"),
    ("d = {'name': 1}\nd['nmae']", "did you mean 'name'"),
    ("d = {1: 2}\nd['1']", "`d[1]`"),
    ("d = {'1': 2}\nd[1]", "`d[\"1\"]`"),
    ("d = {'a': 2}\nd['zzz']", ".get"),
    ("class D(dict): pass\nd = D()\nd['zzz']", None),
    ("None.append(1)", "None"),
    ("[].apend(1)", "`.append`"),
    ("'a'.append('b')", "cannot be appended"),
    ("[].push(1)", "`.append`"),
    ("import math\nmath.sqr(2)", "`sqrt`"),
    ("class A:\n    size = 1\nA().sise", "`.size`" if sys.version_info >= (3, 10) else None),
    ("1 / 0", "divided by is 0"),
    ("5 % 0", "0"),
    ("input()", "found nothing to read"),
    ("def f():\n    f()\nf()", "`f` is called again"),
    ("import rnadom", "`random`"),
    ("import nosuchthing", "not part of Python"),
    ("int('abc')", "'abc' is not written"),
    ("int('1.5')", "decimal point"),
    ("int('')", "empty"),
    ("float('1,5')", "comma"),
    ("a, b = [1]", "2 names"),
    ("a, b = [1, 2, 3]", "more values than the 2"),
    ("open('none.txt')", "`none.txt`"),
    ("b'\\xff'.decode()", "not text"),
    ("raise MemoryError", "memory"),
    ("raise KeyboardInterrupt", None),
    ("raise ValueError('own text')", None),
    ("class E(ValueError): pass\nraise E(\"invalid literal for int() with base 10: ''\")", None),
    ("class M(type):\n    def mro(cls): return [cls, Exception, BaseException, object]\nraise Exception", None),
    ("print 'x'", "parentheses"),
    ("if True\n    pass", "colon"),
    ("def f()\n    pass", "colon"),
    ("for i in range(3)\n    pass", "colon"),
    ("print('a", "closing"),
    ("x = (1,\ny = 2", "`(`" if sys.version_info >= (3, 10) else None),
    ("x = 1)", "too many"),
    ("x = (1]", "needs `)`"),
    ("if x = 1:\n    pass", "`==`"),
    ("class = 5", "Python's own"),
    ("x = 1\n    y = 2", "further"),
    ("if True:\nx = 1", "indented"),
    ("def f():\n        x = 1\n    y = 2", "matches no block"),
    ("if 1:\n\tx = 1\n        y = 2", "tabs"),
    ("return 5", "inside a function"),
    ("break", "inside a loop"),
    ("1 = x", "left of `=`"),
    ("True = 1", "fixed value"),
    ("x = \u201chi\u201d", "typographic"),
    ("i = 1\ni++", "+= 1"),
    ("if a && b:\n    pass", "`and`"),
    ("else if x:\n    pass", "elif"),
    ("x = 5\nif x > 3:\n    pass\nelse if x > 1:\n    pass", "elif"),
    ("x = lambda: (yield)\n???", None),
]


def hint_of(code):
    names = {"__name__": "__main__", "__builtins__": __builtins__}
    stdin, sys.stdin = sys.stdin, open("/dev/null")
    try:
        exec(compile(code, "/w/main.py", "exec"), names)
    except BaseException as error:
        frames = error.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
            frames = frames.tb_next
        error.__traceback__ = frames
        return report.describe(error, "/w/main.py", code)["error"]["hint"], error
    finally:
        sys.stdin.close()
        sys.stdin = stdin
    return "(it ran)", None


class Hints(unittest.TestCase):
    def test_the_table(self):
        for code, expected in CASES:
            with self.subTest(code):
                hint, error = hint_of(code)
                if expected is None:
                    self.assertIsNone(hint)
                else:
                    self.assertIsNotNone(hint, repr(error))
                    self.assertIn(expected, hint)

    def test_one_sentence_each(self):
        for code, expected in CASES:
            if expected is not None:
                with self.subTest(code):
                    hint = hint_of(code)[0] or "."
                    self.assertTrue(hint.endswith((".", "?")))
                    self.assertLess(len(hint), 220)

    def test_no_code_of_the_programs_runs(self):
        code = (
            "class Key(str):\n"
            "    def __eq__(self, other): touched.append('eq')\n"
            "    def __hash__(self): return 1\n"
            "    def __repr__(self): touched.append('repr'); return ''\n"
            "class Odd:\n"
            "    def __getattr__(self, name): touched.append(name); raise AttributeError(name)\n"
            "    def __eq__(self, other): touched.append('eq')\n"
            "touched = []\nd = {'a': 1}\nodd = Odd()\nlst = [odd]\n"
        )
        for last in ("cuont + odd", "lst[5]", "d['b']", "None.x", "odd + 1", "lst.apend(odd)"):
            with self.subTest(last):
                names = {}
                module = types.ModuleType("m")
                try:
                    exec(compile(code + last, "/w/main.py", "exec"), names)
                except Exception as error:
                    error.__traceback__ = error.__traceback__.tb_next
                    report.describe(error, "/w/main.py", code + last)
                self.assertEqual(names["touched"], [])
                del module


if __name__ == "__main__":
    unittest.main()
