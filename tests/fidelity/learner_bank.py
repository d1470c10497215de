class InsufficientFunds(Exception):
    def __init__(self, needed, balance):
        super().__init__(f"needs {needed}, has {balance}")
        self.needed = needed


class Account:
    count = 0

    def __init__(self, owner, balance=0):
        self.owner, self._balance = owner, balance
        Account.count += 1

    @property
    def balance(self):
        return self._balance

    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(amount, self._balance)
        self._balance -= amount
        return self

    def __str__(self):
        return f"{self.owner}: {self._balance:.2f}"


account = Account("Ada", 100)
print(account.withdraw(30), Account.count)
try:
    account.balance = 5
except AttributeError as error:
    print(type(error).__name__)
account.withdraw(500)
