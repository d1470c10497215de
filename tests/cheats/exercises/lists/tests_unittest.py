import unittest

from starter import counts, evens, pairs, unique_sorted


class ListsTest(unittest.TestCase):
    def setUp(self):
        self.data = [3, 1, 2, 3]

    def test_unique_sorted(self):
        expected = sorted(set(self.data))
        self.assertEqual(unique_sorted(self.data), expected)

    def test_evens(self):
        self.assertListEqual(evens([1, 2, 3, 4]), [2, 4])

    def test_counts(self):
        self.assertDictEqual(counts(["b", "a", "b"]), {"a": 1, "b": 2})

    def test_counts_the_same(self):
        self.assertCountEqual(counts(["b", "a", "b"]), ["a", "b"])

    def test_pairs(self):
        self.assertSequenceEqual(pairs([1, 2, 3]), [(1, 2), (2, 3)])
