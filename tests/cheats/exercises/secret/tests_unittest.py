import unittest

from starter import fruit, size


class SecretTest(unittest.TestCase):
    # fig-1123 stands nowhere else.
    def test_fruit(self):
        self.assertEqual(fruit("plum-4482"), "kiwi-7391", "date-9034")

    def test_other(self):
        with self.subTest("date-9034"):
            self.assertEqual(fruit("pear-5163"), "lime-2257")

    def test_size(self):
        self.assertEqual(size("plum-4482"), 9999)
