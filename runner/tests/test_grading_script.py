"""Top-level asserts, scripts, names, time and how failures are told: the tests beside the learner's code, in a child."""

import json
import os
import resource
import shutil
import tempfile
import unittest

import harness  # noqa: F401 (makes `runner` importable)
from runner.grading import local, suite


class Graded:
    def __init__(self, words, output=""):
        self.words = words
        self.output = output
        self.plan = next((word["plan"] for word in words if "plan" in word), None)
        self.cases = [word["case"] for word in words if "case" in word]
        self.by_name = {case["name"]: case for case in self.cases}
        self.statuses = [case["status"] for case in self.cases]
        self.is_done = bool(words) and words[-1] == {"done": True}

    @property
    def passed(self):
        """As the service decides it."""
        reported = sorted(word["index"] for word in self.words if "index" in word)
        complete = self.is_done and reported == list(range(len(self.plan)))
        return complete and "passed" in self.statuses and set(self.statuses) <= {"passed", "skipped"}


def grade(tests, code, timeout_ms=3000, bridge=None, integrity="in_process"):
    folder = tempfile.mkdtemp(prefix="grading-test-")
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.chdir(folder)
            resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
            with open("main.py", "w") as file:
                file.write(code)
            null = os.open(os.devnull, os.O_RDWR)
            for fd in (0, 1, 2):
                os.dup2(null, fd)
            job = {"tests": tests, "code": code, "timeout_ms": timeout_ms, "hide": False, "integrity": integrity}

            def say(word):
                os.write(writer, json.dumps(word).encode() + b"\n")

            suite.run(job, (bridge or local.LocalBridge)(code), say)
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as file:
        words = [json.loads(line) for line in file]
    os.waitpid(child, 0)
    shutil.rmtree(folder)
    return Graded(words)


class TopLevelAsserts(unittest.TestCase):
    def test_each_is_a_case_and_the_later_ones_run(self):
        graded = grade("assert f(1) == 2\nassert f(1) == 3\nassert f(2) == 3\n", "def f(x): return x + 1\n")
        self.assertEqual(graded.plan, ["Test 1", "Test 2", "Test 3"])
        self.assertEqual(graded.statuses, ["passed", "failed", "passed"])
        case = graded.by_name["Test 2"]
        self.assertEqual(case["message"], "`f(1)` gave `2`, expected `3`")
        self.assertEqual((case["expected"], case["actual"], case["line"]), ("3", "2", 2))
        self.assertEqual(case["error"], "AssertionError: assert f(1) == 3")
        self.assertFalse(graded.passed)

    def test_output_and_module_without_import(self):
        graded = grade("assert 'Hello' in output\nassert starter.x == 1\nassert solution.x == main.x", "print('Hello')\nx = 1\n")
        self.assertTrue(graded.passed, graded.cases)

    def test_explanations(self):
        code = "def f(x): return x\n"
        for text, message in {
            "assert 3 == f(2)": "`f(2)` gave `2`, expected `3`",
            "assert f('2') == 2": "`f('2')` gave `'2'`, expected `2` (type str, expected type int)",
            "assert f(2) < 1": "`f(2)` gave `2`, expected less than `1`",
            "assert 1 > f(2)": "`f(2)` gave `2`, expected less than `1`",
            "assert 0 < f(5) < 3": "`f(5)` gave `5`, expected less than `3`",
            "assert 6 < f(5) < 7": "`f(5)` gave `5`, expected more than `6`",
            "assert 'z' in f('abc')": "`'z'` was expected in `f('abc')`, which gave `'abc'`",
            "assert f(3) in (1, 2)": "`f(3)` gave `3`, expected one of `(1, 2)`",
            "assert f(0)": "`f(0)` gave `0`, expected something true",
            "assert f(False)": "`f(False)` gave `False`, expected `True`",
            "assert not f(1)": "`f(1)` gave `1`, expected something false",
            "assert isinstance(f(1), str)": "`f(1)` gave `1`, which is of type `int`, expected type `str`",
            "assert f(1) == 1 and f(2) == 1": "`f(2)` gave `2`, expected `1`",
            "assert f(1) is None": "`f(1)` gave `1`, expected `None`",
            "assert f(1) != 1": "`f(1)` gave `1`, expected anything else",
            "assert f(1) == 2, 'own words'": "own words\n`f(1)` gave `1`, expected `2`",
            "assert f('A') == 'a'": "`f('A')` gave `'A'`, expected `'a'` (only upper and lower case differ)",
            "def check(n): assert f(n) == 9\ncheck(4)": "`f(n)` gave `4`, expected `9` (in check with n=4)",
            "assert f.nope == 1": "`assert f.nope == 1` stopped with AttributeError: 'function' object has no attribute 'nope'",
            "assert g(1) == 1": "your program does not define `g`",
            "from starter import g": "your program does not define `g`",
        }.items():
            if "check" not in text and "import" not in text:
                text += "\nassert True"
            graded = grade(text + "\nf(1)", code)
            self.assertEqual(graded.cases[0].get("message"), message, text)

    def test_operands_are_evaluated_once(self):
        code = "calls = []\ndef f(x):\n    calls.append(x)\n    return x\n"
        graded = grade("import starter\nassert f(1) == 2\nassert starter.calls == [1]", code)
        self.assertEqual(graded.statuses, ["failed", "passed"])

    def test_an_argument_that_is_emptied_does_not_change_what_is_expected(self):
        code = "def order(x):\n    x.clear()\n    return []\n"
        for text in (
            "x = [2, 1]\nassert order(x) == sorted(x)",
            "import unittest\nclass T(unittest.TestCase):\n    def test_x(self):\n        x = [2, 1]\n"
            "        self.assertEqual(order(x), sorted(x))",
            "def test_x():\n    x = [2, 1]\n    assert order(x) == sorted(x)",
            "def check(candidate):\n    x = [2, 1]\n    assert candidate(x) == sorted(x)\ncheck(order)",
        ):
            self.assertFalse(grade(text, code).passed, text)
            self.assertTrue(grade(text, "order = sorted\n").passed, text)

    def test_a_failed_statement_fails_what_needs_it(self):
        graded = grade("y = nope()\nassert y == 1\nassert f() == 1", "def f(): return 1\n")
        self.assertEqual(graded.by_name["Line 1"]["status"], "error")
        self.assertEqual([graded.by_name[name]["status"] for name in graded.plan], ["error", "passed"])
        self.assertFalse(graded.passed)

    def test_an_end_in_between_is_no_pass(self):
        graded = grade("import sys\nassert True\nsys.exit(0)\nassert True", "")
        self.assertFalse(graded.passed)

    def test_values_that_misbehave(self):
        code = (
            "class Bomb:\n    def __repr__(self): raise ValueError\n    def __eq__(self, other): return False\n"
            "class Long(Bomb):\n    def __repr__(self): return 'x' * 10**6\n"
            "class Odd(Bomb):\n    def __repr__(self): return '\\ud800'\n"
        )
        graded = grade("assert Bomb() == 1\nassert Long() == 1\nassert Odd() == 1", code)
        self.assertEqual(graded.statuses, ["failed"] * 3)
        self.assertTrue(graded.is_done)
        self.assertLessEqual(len(graded.by_name["Test 2"]["actual"]), 2000)
        self.assertEqual(graded.by_name["Test 3"]["actual"], "\ufffd")


class Scripts(unittest.TestCase):
    def test_passes_at_its_end(self):
        text = "import starter\nfor n in range(3):\n    assert starter.f(n) == n\nprint('OK')\n"
        graded = grade(text, "def f(x): return x\n")
        self.assertEqual((graded.plan, graded.passed), (["Test 1"], True))
        self.assertEqual(graded.cases[0]["output"], "OK\n")
        self.assertFalse(grade(text, "def f(x): return 2\n").passed)

    def test_leaving_early_is_no_pass(self):
        text = "import starter\nassert_me = starter.f(1)\nassert_me + 1\nprint('OK')\n"
        for way in ("sys.exit(0)", "raise KeyboardInterrupt", "raise GeneratorExit", "raise BaseException('x')"):
            graded = grade(text, "import sys\ndef f(x):\n    %s\n" % way)
            self.assertEqual(graded.statuses, ["error"], way)
            graded = grade(text, "import sys\n%s\n" % way)
            self.assertEqual(graded.statuses, ["error"], way)

    def test_main_block(self):
        text = "def check():\n    assert f(1) == 1\nif __name__ == '__main__':\n    check()\n    assert f(2) == 2\n"
        graded = grade(text, "def f(x): return x\n")
        self.assertEqual((graded.plan, graded.passed), (["Test 1"], True))

    def test_nothing_to_check(self):
        for text in ("", "# nothing", "import starter", "def helper(): pass"):
            self.assertFalse(grade(text, "x = 1").passed, text)

    def test_tests_that_do_not_compile(self):
        for text in ("assert (", "return 1", "assert f(1) == 1\n  x", "x = '\0'"):
            graded = grade(text, "")
            self.assertEqual((graded.plan, graded.statuses), (["Test 1"], ["error"]), text)
            self.assertIn("the tests themselves are wrong", graded.cases[0]["message"])
            self.assertTrue(graded.is_done)


class Loading(unittest.TestCase):
    def test_a_program_that_fails_fails_each_case(self):
        graded = grade("assert f(1) == 1\nassert f(2) == 2", "def f(x): return x\nnope\n")
        self.assertEqual(graded.statuses, ["error", "error"])
        message = "Your program stopped with NameError: name 'nope' is not defined before it could be tested"
        self.assertEqual(graded.cases[0]["message"], message)

    def test_a_program_that_nothing_loads_is_loaded_at_last(self):
        graded = grade("assert 1 + 1 == 2\nx = 1\ndef f(): import starter", "1 / 0\n")
        self.assertFalse(graded.passed)
        self.assertIn("ZeroDivisionError", graded.by_name["Your program"]["message"])

    def test_a_builtin_name_is_the_learners_only_when_it_is_under_test(self):
        self.assertTrue(grade("assert sum(10, 15) == 6", "def sum(a, b): return 6\n").passed)
        liar = "def f(x): return []\ndef sorted(x): return []\ndef len(x): return 3\n"
        self.assertFalse(grade("assert f([2, 1]) == sorted([2, 1])", liar).passed)
        self.assertFalse(grade("assert len(output) == 3", "print('x')\n" + liar).passed)
        liar = "def set(x): return 1\n"
        self.assertFalse(grade("assert set([1, 2]) == set([2, 3])", liar).passed)

    def test_names_of_the_tests_are_their_own(self):
        text = "from starter import *\nimport math\ndef right(x): return x * 2\nassert f(2) == right(2)\nassert math.sqrt(4) == 2\n"
        code = "def f(x): return 1\ndef right(x): return 1\nclass math:\n    sqrt = lambda x: 2\n"
        graded = grade(text, code, integrity="isolated")
        self.assertEqual(graded.statuses, ["failed", "passed"])

    def test_files_beside_the_code_and_the_main_block(self):
        code = "x = __name__\nif __name__ == '__main__':\n    raise SystemExit(3)\n"
        self.assertTrue(grade("import main\nassert main.x == 'starter'", code).passed)


class Time(unittest.TestCase):
    def test_a_hang_costs_one_test(self):
        text = "assert f(1) == 1\nassert f(0) == 0\nassert f(2) == 2"
        graded = grade(text, "def f(x):\n    while x == 0: pass\n    return x\n", 900)
        self.assertEqual(graded.statuses, ["passed", "failed", "passed"])
        self.assertIn("a loop that never ends is the usual cause", graded.cases[1]["message"])

    def test_it_cannot_be_swallowed(self):
        text = "def once():\n    try:\n        f()\n    except BaseException:\n        pass\nassert once() is None\nassert True"
        code = "def f():\n    while True: pass\n"
        self.assertEqual(grade(text, code, 500).statuses, ["failed", "passed"])

    def test_a_program_that_never_ends_loading(self):
        graded = grade("assert f(1) == 1\nassert f(2) == 1", "while True: pass\n", 500)
        self.assertEqual(graded.statuses, ["failed", "failed"])
        graded = grade("import starter\nassert starter.f(1) == 1\nassert starter.f(2) == 1", "while True: pass\n", 500)
        self.assertFalse(graded.passed)
        self.assertTrue(graded.is_done)


class Examples(unittest.TestCase):
    def test_text_of_examples(self):
        text = "Some words.\n\n>>> x = 2\n>>> f(x)\n3\n>>> f(x)\n4\n>>> f('a')\nTraceback (most recent call last):\nTypeError: no\n"
        graded = grade(text, "def f(x):\n    if x == 'a': raise TypeError('no')\n    return x + 1\n")
        self.assertEqual(graded.plan, ["Test 1", "Test 2", "Test 3"])
        self.assertEqual(graded.statuses, ["passed", "failed", "passed"])
        self.assertEqual(graded.cases[1]["message"], "`f(x)` gave `3`, expected `4`")

    def test_docstrings_of_the_tests(self):
        text = "def helper():\n    '''\n    >>> f(1)\n    2\n    >>> f(2)\n    2\n    '''\n"
        graded = grade(text, "def f(x): return 2\n")
        self.assertEqual((graded.plan, graded.passed), (["doctest helper"], True))
        graded = grade(text, "def f(x): return x\n")
        self.assertEqual((graded.cases[0]["line"], graded.cases[0]["expected"]), (3, "2"))

    def test_the_learners_examples(self):
        text = "import doctest, starter\ndoctest.testmod(starter)\n"
        good = "def f(x):\n    '''\n    >>> f(1)\n    2\n    '''\n    return x + 1\n"
        self.assertTrue(grade(text, good).passed)
        self.assertFalse(grade(text, good.replace("x + 1", "x")).passed)
        self.assertFalse(grade(text, "def f(x): return x + 1\n").passed)


if __name__ == "__main__":
    unittest.main()
