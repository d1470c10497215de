# sys.exit where the test expects it.
# %% program
import sys


def stop(code):
    print("bye")
    sys.exit(code)
# %% tests
import unittest

import starter


class ExitTest(unittest.TestCase):
    def test_code(self):
        with self.assertRaises(SystemExit) as caught:
            starter.stop(3)
        self.assertEqual(caught.exception.code, 3)

    def test_default(self):
        with self.assertRaises(SystemExit):
            starter.stop(None)
# %% cases
# test_code: passed
# test_default: passed
