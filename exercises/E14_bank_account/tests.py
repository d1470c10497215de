import unittest


class AccountTest(unittest.TestCase):
    def test_begins_with_nothing(self):
        account = Account("Ann")
        self.assertEqual(account.owner, "Ann")
        self.assertEqual(account.balance, 0)

    def test_begins_with_a_balance(self):
        self.assertEqual(Account("Ann", 10).balance, 10)

    def test_deposit(self):
        account = Account("Ann", 10)
        account.deposit(5)
        account.deposit(5)
        self.assertEqual(account.balance, 20)

    def test_withdraw(self):
        account = Account("Ann", 50)
        account.withdraw(20)
        self.assertEqual(account.balance, 30)

    def test_withdraw_all(self):
        account = Account("Ann", 50)
        account.withdraw(50)
        self.assertEqual(account.balance, 0)

    def test_not_more_than_there_is(self):
        account = Account("Ann", 30)
        with self.assertRaises(ValueError):
            account.withdraw(31)
        self.assertEqual(account.balance, 30)

    def test_amounts_above_zero(self):
        account = Account("Ann", 30)
        for amount in (0, -5):
            with self.assertRaises(ValueError):
                account.deposit(amount)
            with self.assertRaises(ValueError):
                account.withdraw(amount)
        self.assertEqual(account.balance, 30)

    def test_each_has_its_own(self):
        one, other = Account("Ann"), Account("Bob")
        one.deposit(5)
        self.assertEqual(other.balance, 0)
