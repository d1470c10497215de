# A fixture that fails: each test of it fails, none passes.
# %% program
class Account:
    def __init__(self, owner):
        self.owner = owner
# %% tests
import unittest

from starter import Account


class OneTest(unittest.TestCase):
    def setUp(self):
        self.account = Account()

    def test_a(self):
        pass

    def test_b(self):
        pass


class TwoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.account = Account().owner

    def test_c(self):
        pass


class ThreeTest(unittest.TestCase):
    def test_d(self):
        self.assertEqual(Account("me").owner, "me")
# %% cases
# test_a: error {"error~": "TypeError"}
# test_b: error {"error~": "TypeError"}
# test_c: error {"error~": "TypeError"}
# test_d: passed
