# mock.patch of the learner's names, of random and time, and mocks given as arguments.
# %% program
import random
import time
from datetime import date

RATE = 2


def fetch():
    return "real"


def show():
    return "<" + fetch() + ">"


def roll():
    return random.randint(1, 6)


def pick(items):
    return random.choice(items)


def now():
    return time.time()


def notify(sender, text):
    return sender.send(text, to="all")


class Clock:
    def hour(self):
        return 25

    def is_morning(self):
        return self.hour() < 12


def rated(n):
    return n * RATE


def shuffled(items):
    random.shuffle(items)
    return items
# %% tests
import random
import unittest
from unittest.mock import MagicMock, Mock, patch

import starter


class MocksTest(unittest.TestCase):
    def test_function(self):
        with patch("starter.fetch", return_value="fake") as fetch:
            self.assertEqual(starter.show(), "<fake>")
        fetch.assert_called_once()
        self.assertEqual(starter.show(), "<real>")

    def test_object(self):
        with patch.object(starter, "fetch", lambda: "other"):
            self.assertEqual(starter.show(), "<other>")

    @patch("random.randint", return_value=40)
    def test_randint(self, randint):
        self.assertEqual(starter.roll(), 40)
        randint.assert_called_with(1, 6)

    @patch("starter.random.choice", side_effect=lambda items: items[-1])
    def test_choice(self, choice):
        self.assertEqual(starter.pick([1, 2, 3]), 3)

    def test_time(self):
        with patch("time.time", return_value=12.5):
            self.assertEqual(starter.now(), 12.5)

    def test_mock_argument(self):
        sender = Mock()
        sender.send.return_value = "sent"
        self.assertEqual(starter.notify(sender, "hi"), "sent")
        sender.send.assert_called_once_with("hi", to="all")

    def test_magic_mock(self):
        sender = MagicMock()
        sender.send.side_effect = ValueError("down")
        with self.assertRaisesRegex(ValueError, "down"):
            starter.notify(sender, "hi")

    def test_method(self):
        with patch.object(starter.Clock, "hour", return_value=9):
            self.assertTrue(starter.Clock().is_morning())
        self.assertFalse(starter.Clock().is_morning())

    def test_constant(self):
        with patch("starter.RATE", 10):
            self.assertEqual(starter.rated(3), 30)
        self.assertEqual(starter.rated(3), 6)

    def test_seed(self):
        random.seed(7)
        expected = [random.randint(1, 6) for _ in range(5)]
        random.seed(7)
        self.assertEqual([starter.roll() for _ in range(5)], expected)

    def test_shuffle(self):
        items = list(range(20))
        result = starter.shuffled(items)
        self.assertIs(result, items)
        self.assertCountEqual(items, range(20))
# %% cases
# test_function: passed
# test_object: passed
# test_randint: passed
# test_choice: passed
# test_time: passed
# test_mock_argument: passed
# test_magic_mock: passed
# test_method: passed
# test_constant: passed
# test_seed: passed
# test_shuffle: passed
