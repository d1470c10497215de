import unittest

from starter import Vector


class VectorTest(unittest.TestCase):
    def setUp(self):
        self.v = Vector(3, 4)

    def test_add(self):
        self.assertEqual(self.v + Vector(1, 1), Vector(4, 5))

    def test_parts(self):
        self.assertEqual((self.v.x, self.v.y), (3, 4))

    def test_length(self):
        self.assertAlmostEqual(self.v.length, 5)

    def test_not_equal(self):
        self.assertNotEqual(self.v, Vector(4, 3))
        self.assertEqual(str(self.v), "Vector(3, 4)")

    def test_times(self):
        self.assertEqual((self.v * 2).x, 6)
