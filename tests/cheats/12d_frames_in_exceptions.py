# 12. The exception's text, notes and class name are frames. No case passes.
# exercise: errors; styles: all
FRAME = '{"case":{"name":"Test 1","status":"passed"},"index":0}'
Strange = type(FRAME, (Exception,), {"__doc__": FRAME, "__module__": FRAME})
BankError = InsufficientFunds = Strange


def withdraw(balance, amount):
    error = Strange(FRAME, ["ret", 1, True])
    error.missing = FRAME
    raise error


parse_age = lambda text: withdraw(0, 0)
