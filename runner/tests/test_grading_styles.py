"""unittest classes and pytest-style tests, beside the learner's code, in a child."""

import unittest

from test_grading_script import grade

try:
    import pytest
except ImportError:
    pytest = None

CODE = """import unittest, sys
def f(x): return x + 1
def skip(): raise unittest.SkipTest("forged")
def leave(): sys.exit(0)
def interrupt(): raise KeyboardInterrupt
def stop(): raise unittest.case._ShouldStop
"""
UNIT = "import unittest, starter\nclass T(unittest.TestCase):\n    def test_a(self):\n"


class UnitTests(unittest.TestCase):
    def one(self, body, code=CODE):
        graded = grade(UNIT + "".join("        %s\n" % line for line in body.split("\n")), code)
        self.assertEqual(graded.plan, ["test_a"])
        self.assertTrue(graded.is_done)
        return graded.cases[0]

    def test_statuses(self):
        for body, status in {
            "self.assertEqual(starter.f(1), 2)": "passed",
            "self.assertEqual(starter.f(1), 3)": "failed",
            "starter.f('a')": "error",
            "self.skipTest('later')": "skipped",
            "starter.skip()": "error",
            "with self.subTest(): starter.skip()": "error",
            "self.addCleanup(starter.skip)": "error",
            "starter.leave()": "error",
            "starter.interrupt()": "error",
            "starter.stop()": "error",
        }.items():
            self.assertEqual(self.one(body)["status"], status, body)

    def test_what_was_compared(self):
        case = self.one("self.assertEqual(3, starter.f(1), 'why')")
        self.assertEqual((case["expected"], case["actual"], case["line"]), ("3", "2", 4))
        self.assertEqual(case["message"], "why\n`starter.f(1)` gave `2`, expected `3`")
        case = self.one("with self.assertRaises(ValueError): starter.f(1)")
        self.assertEqual((case["expected"], case["actual"]), ("ValueError", "nothing was raised"))

    def test_subtests(self):
        case = self.one("for n in range(3):\n    with self.subTest(n=n): self.assertLess(starter.f(n), 3)")
        self.assertEqual(case["message"], "(n=2): `starter.f(n)` gave `3`, expected less than `3`")

    def test_fixtures(self):
        text = UNIT + "        pass\n    @classmethod\n    def setUpClass(cls): raise ValueError('x')\n"
        self.assertEqual(grade(text, CODE).statuses, ["error"])
        text = UNIT + "        pass\n    @classmethod\n    def tearDownClass(cls): raise ValueError('x')\n"
        self.assertEqual(grade(text, CODE).statuses, ["passed", "error"])

    def test_doubled_names_and_expected_failures(self):
        text = UNIT + "        self.assertTrue(starter.f(1))\nclass S(T):\n    @unittest.expectedFailure\n    def test_b(self): self.fail()\n"
        graded = grade(text + "if __name__ == '__main__': unittest.main()\n", CODE)
        self.assertEqual(sorted(graded.plan), ["S.test_a", "T.test_a", "test_b"])
        self.assertEqual(sorted(graded.statuses), ["passed", "passed", "skipped"])

    def test_a_hang_costs_one_test(self):
        text = UNIT + "        try:\n            while True: pass\n        except: pass\n    def test_b(self): pass\n"
        self.assertEqual(grade(text, CODE, 600).statuses, ["failed", "passed"])


class PlainFunctions(unittest.TestCase):
    def test_functions_and_classes(self):
        text = "def test_a(): assert f(1) == 2\nclass TestK:\n    def setup_method(self): self.x = 1\n"
        text += "    def test_b(self): assert f(self.x) == 3\nasync def test_c(): pass\ndef test_d(): yield\n"
        graded = grade(text, CODE)
        self.assertEqual(graded.plan, ["test_a", "test_b", "test_c", "test_d"])
        self.assertEqual(graded.statuses, ["passed", "failed", "failed", "failed"])

    @unittest.skipIf(pytest, "for runtimes without pytest")
    def test_without_pytest(self):
        text = "import pytest\n@pytest.mark.slow\ndef test_a(): assert f(1) == 2\ndef test_b(tmp_path): pass\n"
        text += "@pytest.mark.skip\ndef test_c(): pass\ndef test_d():\n    with pytest.raises(ValueError): pass\n"
        graded = grade(text, CODE)
        self.assertEqual(graded.statuses, ["passed", "error", "error", "error"])
        for case in graded.cases[1:]:
            self.assertIn("need pytest, which this runtime does not have", case["error"])


@unittest.skipUnless(pytest, "needs pytest")
class Pytest(unittest.TestCase):
    def statuses(self, body, code=CODE):
        graded = grade("import pytest\nfrom starter import *\n" + body, code)
        self.assertTrue(graded.is_done)
        return {case["name"]: case["status"] for case in graded.cases}

    def test_fixtures_and_parameters(self):
        body = "@pytest.fixture\ndef one(): return 1\ndef test_a(one, tmp_path, capsys):\n    print(f(one))\n"
        body += "    assert capsys.readouterr().out == '2\\n'\n@pytest.mark.parametrize('a,b', [(1, 2), (2, 2)])\n"
        body += "def test_b(a, b): assert f(a) == b\ndef test_c(): assert f(1) == pytest.approx(2.0)\n"
        expected = {"test_a": "passed", "test_b[1-2]": "passed", "test_b[2-2]": "failed", "test_c": "passed"}
        self.assertEqual(self.statuses(body), expected)

    def test_no_way_to_a_pass(self):
        for body in ("starter.leave()", "starter.interrupt()", "starter.skip()", "starter.xfail()", "starter.bye()"):
            code = CODE + "import pytest\ndef xfail(): pytest.xfail('x')\ndef bye(): pytest.exit('x')\n"
            found = self.statuses("import starter\ndef test_a(): %s\ndef test_b(): pass\n" % body, code)
            self.assertIn(found["test_a"], ("error", "failed"), body)
            self.assertEqual(found["test_b"], "passed", body)

    def test_an_empty_list_of_the_learners(self):
        body = "import starter\n@pytest.mark.parametrize('a', starter.values)\ndef test_a(a): pass\ndef test_b(): pass\n"
        self.assertEqual(list(self.statuses(body, "values = []\n").values()), ["failed", "passed"])

    def test_marks(self):
        body = "@pytest.mark.xfail\ndef test_a(): assert 0\n@pytest.mark.xfail(strict=True)\ndef test_b(): pass\n"
        body += "@pytest.mark.xfail\ndef test_c(): pass\n@pytest.mark.skip\ndef test_d(): pass\n@pytest.mark.odd\ndef test_e(): pass\n"
        expected = ["skipped", "failed", "failed", "skipped", "passed"]
        self.assertEqual(list(self.statuses(body).values()), expected)

    def test_classes_of_unittest_with_marks(self):
        body = "import unittest\nclass T(unittest.TestCase):\n    @pytest.mark.skipif(True, reason='x')\n    def test_a(self): pass\n"
        body += "    def test_b(self): self.assertEqual(f(1), 3)\n    def test_c(self):\n"
        body += "        with self.subTest(): self.assertEqual(f(1), 3)\n    def test_d(self): skip()\n    def test_e(self): pass\n"
        found = list(self.statuses(body).values())
        self.assertEqual(found, ["skipped", "failed", "failed", "error", "passed"])


if __name__ == "__main__":
    unittest.main()
