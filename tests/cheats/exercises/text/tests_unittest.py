import unittest

import starter


class TextTest(unittest.TestCase):
    def test_shout(self):
        self.assertEqual(starter.shout("hey"), "HEY!")

    def test_shout_has_the_text(self):
        self.assertIn("HEY", starter.shout("hey"))

    def test_vowels(self):
        self.assertEqual(starter.vowels("banana"), 3)

    def test_vowels_is_one_of(self):
        self.assertIn(starter.vowels("aeiou"), [5, 6])

    def test_initials(self):
        self.assertRegex(starter.initials("Ada Lovelace"), "^AL$")

    def test_initials_in_lines(self):
        self.assertMultiLineEqual(starter.initials("Grace Hopper"), "GH")
