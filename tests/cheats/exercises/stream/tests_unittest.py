import itertools
import unittest

from starter import countdown, fibonacci, running


class StreamTest(unittest.TestCase):
    def test_countdown(self):
        self.assertEqual(list(countdown(3)), [3, 2, 1])

    def test_it_ends(self):
        g = countdown(1)
        self.assertEqual(next(g), 1)
        with self.assertRaises(StopIteration):
            next(g)

    def test_fibonacci(self):
        self.assertEqual(list(itertools.islice(fibonacci(), 6)), [0, 1, 1, 2, 3, 5])

    def test_running(self):
        self.assertEqual([*running([1, 2, 3])], [1, 3, 6])
