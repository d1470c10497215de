import unittest


class Roman(unittest.TestCase):
    def test_ones(self):
        self.assertEqual([roman(n) for n in (1, 2, 3)], ["I", "II", "III"])

    def test_four_and_nine(self):
        self.assertEqual([roman(n) for n in (4, 9)], ["IV", "IX"])

    def test_five_and_more(self):
        self.assertEqual([roman(n) for n in (5, 8, 10)], ["V", "VIII", "X"])

    def test_tens(self):
        self.assertEqual([roman(n) for n in (14, 40, 90)], ["XIV", "XL", "XC"])

    def test_hundreds(self):
        self.assertEqual([roman(n) for n in (400, 500, 900)], ["CD", "D", "CM"])

    def test_long_ones(self):
        self.assertEqual([roman(n) for n in (1999, 3888, 3999)], ["MCMXCIX", "MMMDCCCLXXXVIII", "MMMCMXCIX"])

    def test_what_cannot_be_written(self):
        for number in (0, -1, 4000):
            with self.assertRaises(ValueError):
                roman(number)
