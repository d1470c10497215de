import unittest


def cart(**things):
    made = Cart()
    for name, amount in things.items():
        made.add(name, amount)
    return made


class CartTest(unittest.TestCase):
    def test_empty(self):
        self.assertEqual(len(Cart()), 0)

    def test_len_counts_things(self):
        self.assertEqual(len(cart(tea=2, bread=1)), 3)

    def test_add_twice(self):
        made = cart(tea=2)
        made.add("tea")
        self.assertEqual(made["tea"], 3)

    def test_what_is_not_there(self):
        self.assertEqual(cart(tea=2)["milk"], 0)

    def test_in(self):
        made = cart(tea=2)
        self.assertTrue("tea" in made)
        self.assertFalse("milk" in made)

    def test_looking_puts_nothing_in(self):
        made = cart(tea=2)
        made["milk"]
        self.assertFalse("milk" in made)

    def test_plus(self):
        both = cart(tea=2) + cart(tea=1, milk=4)
        self.assertEqual((both["tea"], both["milk"]), (3, 4))

    def test_plus_leaves_both(self):
        one, other = cart(tea=2), cart(tea=1)
        one + other
        self.assertEqual((len(one), len(other)), (2, 1))

    def test_equal(self):
        self.assertTrue(cart(tea=1, milk=2) == cart(milk=2, tea=1))
        self.assertFalse(cart(tea=1) == cart(tea=2))
