# input and print patched, standard output captured, in all of the usual ways.
# %% program
def greet():
    name = input("Your name: ")
    print("Hello,", name)


def adder():
    a = int(input())
    b = int(input("b? "))
    print(a + b, end="")
    return a + b


def until_stop():
    words = []
    while True:
        word = input()
        if word == "stop":
            return words
        words.append(word)
# %% tests
import contextlib
import io
import unittest
from unittest import mock
from unittest.mock import call, patch

import starter


class TalkTest(unittest.TestCase):
    @patch("builtins.print")
    @patch("builtins.input", return_value="Ada")
    def test_decorators(self, asked, printed):
        starter.greet()
        printed.assert_called_once_with("Hello,", "Ada")
        asked.assert_called_once_with("Your name: ")
        self.assertEqual(printed.call_args_list, [call("Hello,", "Ada")])

    @patch("sys.stdout", new_callable=io.StringIO)
    @patch("builtins.input", side_effect=["2", "3"])
    def test_stdout(self, asked, out):
        self.assertEqual(starter.adder(), 5)
        self.assertEqual(out.getvalue(), "5")
        self.assertEqual(asked.call_count, 2)

    def test_stdin(self):
        with patch("sys.stdin", io.StringIO("4\n5\n")), contextlib.redirect_stdout(io.StringIO()) as out:
            starter.adder()
        self.assertEqual(out.getvalue(), "b? 9")

    def test_side_effect_function(self):
        answers = iter("ab")
        with mock.patch("builtins.input", side_effect=lambda *p: next(answers, "stop")):
            self.assertEqual(starter.until_stop(), ["a", "b"])

    def test_side_effect_error(self):
        with mock.patch("builtins.input", side_effect=EOFError):
            with self.assertRaises(EOFError):
                starter.until_stop()

    def test_in_the_module(self):
        with patch.object(starter, "input", create=True, return_value="stop"):
            self.assertEqual(starter.until_stop(), [])
        with patch("starter.print", create=True) as printed, patch("starter.input", create=True, return_value="Eve"):
            starter.greet()
        printed.assert_called_with("Hello,", "Eve")
# %% cases
# test_decorators: passed
# test_stdout: passed
# test_stdin: passed
# test_side_effect_function: passed
# test_side_effect_error: passed
# test_in_the_module: passed
