import unittest


class InventoryTest(unittest.TestCase):
    def setUp(self):
        self.inventory = Inventory()
        self.inventory.add(Item("pen", 2, 10))
        self.inventory.add(Item("book", 15))

    def test_value(self):
        self.assertEqual(Item("pen", 2, 10).value(), 20)

    def test_one_unless_said(self):
        self.assertEqual(Item("book", 15).amount, 1)

    def test_total(self):
        self.assertEqual(self.inventory.total(), 35)

    def test_names_in_order(self):
        self.assertEqual(self.inventory.names(), ["book", "pen"])

    def test_cheapest(self):
        self.assertEqual(self.inventory.cheapest().name, "pen")

    def test_cheapest_is_about_the_price(self):
        self.inventory.add(Item("clip", 1, 1000))
        self.assertEqual(self.inventory.cheapest().name, "clip")

    def test_empty(self):
        self.assertEqual(Inventory().total(), 0)
        self.assertEqual(Inventory().names(), [])
        self.assertIsNone(Inventory().cheapest())

    def test_each_has_its_own_list(self):
        self.assertEqual(len(Inventory().items), 0)
        Inventory().add(Item("pen", 2))
        self.assertEqual(len(Inventory().items), 0)
