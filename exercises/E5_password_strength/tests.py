import unittest


class PasswordStrengthTest(unittest.TestCase):
    def test_one_point_is_weak(self):
        self.assertEqual(password_strength("hello"), "weak")
        self.assertEqual(password_strength("12345"), "weak")

    def test_two_points_are_weak(self):
        self.assertEqual(password_strength("hello1"), "weak")

    def test_three_points_are_medium(self):
        self.assertEqual(password_strength("hello12345"), "medium")
        self.assertEqual(password_strength("aB1"), "medium")

    def test_four_points_are_medium(self):
        self.assertEqual(password_strength("Hello12345"), "medium")
        self.assertEqual(password_strength("aB1!"), "medium")

    def test_five_points_are_strong(self):
        self.assertEqual(password_strength("Hello!12345"), "strong")

    def test_eight_characters_are_enough(self):
        self.assertEqual(password_strength("Hello!12"), "strong")
        self.assertEqual(password_strength("Hello!1"), "medium")

    def test_space_and_underscore_count(self):
        self.assertEqual(password_strength("Hello 1234"), "strong")
        self.assertEqual(password_strength("Hello_1234"), "strong")

    def test_empty_password_is_weak(self):
        self.assertEqual(password_strength(""), "weak")
