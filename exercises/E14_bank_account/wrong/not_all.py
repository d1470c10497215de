# status: tests_failed
# fails: test_withdraw_all
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("no")
        self.balance += amount

    def withdraw(self, amount):
        if amount <= 0 or amount >= self.balance:
            raise ValueError("no")
        self.balance -= amount
