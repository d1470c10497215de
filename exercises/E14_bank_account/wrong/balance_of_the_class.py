# status: tests_failed
# fails: test_begins_with_a_balance, test_withdraw, test_withdraw_all, test_not_more_than_there_is, test_deposit, test_amounts_above_zero, test_each_has_its_own
class Account:
    balance = 0

    def __init__(self, owner, balance=0):
        self.owner = owner

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("no")
        Account.balance += amount

    def withdraw(self, amount):
        if amount <= 0 or amount > Account.balance:
            raise ValueError("no")
        Account.balance -= amount
