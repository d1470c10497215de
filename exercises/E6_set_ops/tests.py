import unittest


class InBothTest(unittest.TestCase):
    def test_in_both(self):
        self.assertEqual(in_both([1, 2, 3], [2, 3, 4]), {2, 3})
        self.assertEqual(in_both(["tea", "tea"], ["milk", "tea"]), {"tea"})

    def test_nothing_in_both(self):
        self.assertEqual(in_both([1], [2]), set())
        self.assertEqual(in_both([], [2]), set())


class InOneOnlyTest(unittest.TestCase):
    def test_in_one_only(self):
        self.assertEqual(in_one_only([1, 2, 3], [2, 3, 4]), {1, 4})
        self.assertEqual(in_one_only(["tea"], []), {"tea"})

    def test_twice_in_the_same_list(self):
        self.assertEqual(in_one_only([1, 1, 2], [2]), {1})

    def test_same_in_both(self):
        self.assertEqual(in_one_only([1, 2], [2, 1]), set())


class HasDuplicatesTest(unittest.TestCase):
    def test_duplicates(self):
        self.assertIs(has_duplicates(["tea", "milk", "tea"]), True)
        self.assertIs(has_duplicates([1, 2, 3, 3]), True)

    def test_no_duplicates(self):
        self.assertIs(has_duplicates([3, 1, 2]), False)
        self.assertIs(has_duplicates([]), False)


class ListsTest(unittest.TestCase):
    def test_lists_stay_as_they_are(self):
        a, b = [2, 1, 2], [2, 3]
        in_both(a, b)
        in_one_only(a, b)
        has_duplicates(a)
        self.assertEqual((a, b), ([2, 1, 2], [2, 3]))
