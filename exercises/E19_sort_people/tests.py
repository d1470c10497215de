import unittest


def person(name, age):
    return {"name": name, "age": age}


def names(people):
    return [person["name"] for person in people]


class SortTest(unittest.TestCase):
    def test_by_name(self):
        people = [person("Cy", 1), person("Ann", 2), person("Bob", 3)]
        self.assertEqual(names(by_name(people)), ["Ann", "Bob", "Cy"])

    def test_by_name_without_case(self):
        people = [person("bob", 1), person("Cy", 2), person("ann", 3)]
        self.assertEqual(names(by_name(people)), ["ann", "bob", "Cy"])

    def test_by_age(self):
        people = [person("Ann", 31), person("Bob", 7), person("Cy", 40)]
        self.assertEqual(names(by_age(people)), ["Cy", "Ann", "Bob"])

    def test_same_age(self):
        people = [person("Cy", 31), person("bob", 31), person("Ann", 31)]
        self.assertEqual(names(by_age(people)), ["Ann", "bob", "Cy"])

    def test_nobody(self):
        self.assertEqual(list(by_name([])), [])
        self.assertEqual(list(by_age([])), [])

    def test_the_list_stays(self):
        people = [person("Cy", 1), person("Ann", 2)]
        by_name(people)
        by_age(people)
        self.assertEqual(names(people), ["Cy", "Ann"])
