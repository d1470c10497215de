import unittest


class Totals(unittest.TestCase):
    def totals_of(self, text):
        with open("sales.csv", "w") as file:
            file.write(text)
        return totals("sales.csv")

    def test_one_sale(self):
        self.assertEqual(self.totals_of("product,amount,price\ntea,2,1.50\n"), {"tea": 3.0})

    def test_sums(self):
        text = "product,amount,price\ntea,2,1.50\nbread,1,3.00\ntea,1,1.50\n"
        self.assertEqual(self.totals_of(text), {"tea": 4.5, "bread": 3.0})

    def test_other_order(self):
        self.assertEqual(self.totals_of("price,product,amount\n0.5,egg,10\n"), {"egg": 5.0})

    def test_more_columns(self):
        self.assertEqual(self.totals_of("day,product,amount,price\nMon,egg,2,0.25\n"), {"egg": 0.5})

    def test_commas_in_names(self):
        self.assertEqual(self.totals_of('product,amount,price\n"tea, green",1,2.00\n'), {"tea, green": 2.0})

    def test_no_sales(self):
        self.assertEqual(self.totals_of("product,amount,price\n"), {})
