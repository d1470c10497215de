import unittest

from starter import is_prime, mean, root


class NumbersTest(unittest.TestCase):
    def test_mean(self):
        self.assertEqual(mean([1, 2, 4.5]), 2.5)

    def test_mean_of_fractions(self):
        self.assertAlmostEqual(mean([0.1, 0.2]), 0.15)

    def test_root(self):
        self.assertAlmostEqual(root(2), 1.4142135, delta=1e-6)

    def test_root_is_between(self):
        self.assertGreater(root(5), 2.236)
        self.assertLess(root(5), 2.237)

    def test_prime(self):
        for n in (2, 3, 97):
            with self.subTest(n=n):
                self.assertIs(is_prime(n), True)

    def test_no_prime(self):
        self.assertIs(is_prime(9), False)


if __name__ == "__main__":
    unittest.main()
