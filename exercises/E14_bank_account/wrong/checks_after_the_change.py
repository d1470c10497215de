# status: tests_failed
# fails: test_not_more_than_there_is
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("no")
        self.balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("no")
        self.balance -= amount
        if self.balance < 0:
            raise ValueError("no")
