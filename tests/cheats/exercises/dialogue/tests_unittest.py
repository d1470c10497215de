import io
import unittest
from unittest import mock

import starter


class DialogueTest(unittest.TestCase):
    @mock.patch("builtins.input", return_value="Ada")
    @mock.patch("sys.stdout", new_callable=io.StringIO)
    def test_greet(self, out, asked):
        starter.greet()
        self.assertEqual(out.getvalue(), "Hello, Ada!\n")
        asked.assert_called_once_with("Name? ")

    def test_total(self):
        with mock.patch("builtins.input", side_effect=["1", "2", ""]), mock.patch("builtins.print") as printed:
            starter.total()
        printed.assert_called_once_with("Total:", 3)

    def test_value(self):
        with mock.patch("builtins.input", lambda prompt: "Eve"):
            self.assertEqual(starter.greet(), "Eve")
