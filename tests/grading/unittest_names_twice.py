# Two classes with methods of one name.
# %% program
def up(text):
    return text.upper()


def down(text):
    return text
# %% tests
import unittest

from starter import down, up


class UpTest(unittest.TestCase):
    def test_word(self):
        self.assertEqual(up("a"), "A")

    def test_empty(self):
        self.assertEqual(up(""), "")


class DownTest(unittest.TestCase):
    def test_word(self):
        self.assertEqual(down("A"), "a")
# %% cases
# UpTest.test_word: passed
# test_empty: passed
# DownTest.test_word: failed {"expected": "'a'", "actual": "'A'"}
