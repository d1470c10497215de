import unittest

import starter


class PrintedTest(unittest.TestCase):
    def test_limit(self):
        self.assertEqual(starter.LIMIT, 7)

    def test_names(self):
        self.assertEqual(starter.NAMES, ("ada", "grace"))

    def test_output(self):
        self.assertIn("7 49", output.splitlines())

    def test_square(self):
        self.assertEqual(starter.square(12), 144)
