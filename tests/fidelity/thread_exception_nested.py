import threading


class Account:
    def __init__(self):
        self.balance = 10
        self.lock = threading.Lock()

    def take(self, amount):
        with self.lock:
            if amount > self.balance:
                raise ValueError(f"only {self.balance} left")
            self.balance -= amount


account = Account()
for amount in (7, 7):
    thread = threading.Thread(target=account.take, args=(amount,), name=f"take-{amount}")
    thread.start()
    thread.join()
print(account.balance)
