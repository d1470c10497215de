import unittest


class ParseAge(unittest.TestCase):
    def refused(self, text):
        with self.assertRaises(ValueError) as caught:
            parse_age(text)
        return str(caught.exception)

    def test_a_number(self):
        self.assertEqual(parse_age("42"), 42)

    def test_spaces(self):
        self.assertEqual(parse_age(" 7 "), 7)

    def test_the_ends_of_the_range(self):
        self.assertEqual(parse_age("0"), 0)
        self.assertEqual(parse_age("150"), 150)

    def test_no_number(self):
        self.refused("old")

    def test_empty(self):
        self.refused("")

    def test_not_whole(self):
        self.refused("4.5")

    def test_below_zero(self):
        self.refused("-3")

    def test_too_old(self):
        self.refused("151")

    def test_the_message_names_the_text(self):
        self.assertIn("old", self.refused("old"))
        self.assertIn("999", self.refused("999"))
        self.assertIn(" 999 ", self.refused(" 999 "))
