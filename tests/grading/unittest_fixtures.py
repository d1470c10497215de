# setUp, tearDown, setUpClass, setUpModule, addCleanup, addClassCleanup and inheritance of tests.
# %% program
events = []


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, n):
        self.balance += n
        return self


def note(event):
    events.append(event)
# %% tests
import unittest

import starter
from starter import Account

order = []


def setUpModule():
    order.append("module")


def tearDownModule():
    order.append("module ends")


class Base(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        order.append("class")
        cls.shared = Account().deposit(5)
        cls.addClassCleanup(order.append, "class cleaned")

    def setUp(self):
        self.account = Account()
        self.addCleanup(order.append, "cleaned")
        starter.note("set up")

    def tearDown(self):
        order.append("torn down")


class AccountTest(Base):
    def test_a_first(self):
        self.assertEqual(order, ["module", "class"])
        self.assertEqual(self.shared.balance, 5)
        self.account.deposit(3)
        self.assertEqual(self.account.balance, 3)

    def test_b_second(self):
        self.assertEqual(order, ["module", "class", "torn down", "cleaned"])
        self.assertEqual(self.account.balance, 0)
        self.assertEqual(starter.events, ["set up", "set up"])

    def test_c_context(self):
        with self.subTest("chained"):
            self.assertEqual(self.account.deposit(1).deposit(2).balance, 3)
# %% cases
# test_a_first: passed
# test_b_second: passed
# test_c_context: passed
