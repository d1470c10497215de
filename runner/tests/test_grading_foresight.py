"""Which calls are foreseen, and that they are asked for at once."""

import os
import sys
import types
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
if HERE not in sys.path:
    sys.path.insert(0, HERE)

from test_grading_bridge import Base  # noqa: E402
from runner.grading import analyse, foresight, script  # noqa: E402
from runner.grading import names as scopes  # noqa: E402

MODULES = ("starter", "solution", "main")

FORESEEN = {
    "literals": ("assert f(1, 'a', x=[2.5, None]) == 3", [("f", [1, "a"], {"x": [2.5, None]})]),
    "negative": ("assert f(-1) == (1, -2)", [("f", [-1], {})]),
    "truth": ("assert not f()", [("f", [], {})]),
    "right": ("assert 3 in f(1)", [("f", [1], {})]),
    "computed": ("assert abs(f(2) - 1.41) < 0.01", [("f", [2], {})]),
    "of an answer": ("assert f(1).upper()[0] == 'A'", [("f", [1], {})]),
    "in order": ("assert f(1) == 1\nassert g(2) == 2", [("f", [1], {}), ("g", [2], {})]),
    "imported": ("'text'\nfrom starter import f as h\nassert h(1)", [("f", [1], {})]),
    "of the module": ("import starter\nassert starter.f(1)", [("f", [1], {})]),
    "of a name for it": ("import solution as s\nassert s.f(1)", [("f", [1], {})]),
    "up to a variable": ("assert f(1)\nx = 2\nassert f(2)", [("f", [1], {})]),
    "up to two in one": ("assert f(1)\nassert f(1) == f(1)\nassert f(2)", [("f", [1], {})]),
    "up to a loop": ("assert f(1)\nfor i in range(2):\n    assert f(i)", [("f", [1], {})]),
}
UNFORESEEN = {
    "variable": "x = 1\nassert f(x)",
    "not evaluated": "assert True or f(1)",
    "in the message": "assert f(1), f(2)",
    "method": "assert f(1).g(h(2))",
    "star": "from starter import *\nassert f(1)",
    "starred": "assert f(*[1, 2])",
    "another module's": "import math\nassert math.sqrt(f(4))",
    "own": "def f(x): return x\nassert f(1)",
    "own builtin": "def abs(x): return x\nassert abs(f(1))",
    "class attribute": "assert f.g(1)",
    "in a function": "def test_f():\n    assert f(1)",
}


def plan_of(text):
    plan = analyse.read(text, MODULES)
    analyse.take_apart(plan)
    return plan


class Tables(unittest.TestCase):
    def test_foreseen(self):
        for name, (text, expected) in FORESEEN.items():
            with self.subTest(name):
                self.assertEqual(foresight.calls(plan_of(text))[1], expected)

    def test_unforeseen(self):
        for name, text in UNFORESEEN.items():
            with self.subTest(name):
                self.assertEqual(foresight.calls(plan_of(text))[1], [])

    def test_names_that_have_to_be_functions(self):
        names, _ = foresight.calls(plan_of("from starter import a\nassert b(1) == 1\nassert LIMIT == 2 and output"))
        self.assertEqual(names, ["LIMIT", "a", "b"])


class Conversation(Base):
    def questions(self, code, tests):
        """What is asked, in the words' order, while the tests' top-level statements run."""
        bridge = self.start(code, tests)
        plan = plan_of(tests)
        sent, send = [], bridge.frames.send
        bridge.frames.send = lambda item: (sent.append(item[0]), send(item))
        bridge.ask_to_load()
        bridge.foresee(*foresight.calls(plan))
        space = types.ModuleType("tests").__dict__
        for name in plan.use.free:
            try:
                space[name] = bridge.get(name)
            except AttributeError:
                pass
        for code, _, _ in script.Script(plan, True).pieces:
            exec(code, {**space, "__checks__": None})
        return sent

    def test_one_question_for_all(self):
        tests = "".join("assert f(%d) == %d\n" % (n, 2 * n) for n in range(9))
        self.assertEqual(self.questions("def f(x):\n    return 2 * x", tests), ["load", "calls"])

    def test_what_is_more_than_a_value_ends_it(self):
        code = "class A: pass\ndef f(x):\n    return A() if x == 1 else x"
        tests = "assert f(0) == 0\nassert f(1)\nassert f(2) == 2\n"
        self.assertEqual(self.questions(code, tests), ["load", "calls", "do"])

    def test_a_name_that_is_no_function_has_nothing_foreseen(self):
        self.assertEqual(
            self.questions("def f(x):\n    return x\nLIMIT = 2", "assert f(1) == 1\nassert f(LIMIT) == 2\n"),
            ["load", "calls", "do", "do", "do"],
        )

    def test_what_does_not_come_starts_the_program_anew(self):
        bridge = self.start("seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen)")
        bridge.ask_to_load()
        bridge.foresee([], [("f", [1], {}), ("f", [2], {})])
        f = bridge.get("f")
        self.assertEqual(f(1), 1)
        self.assertEqual(f(3), 1)
        self.assertEqual(f(2), 2)


if __name__ == "__main__":
    unittest.main()
