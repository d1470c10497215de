# 28. The exceptions behind them, raised by name and by classes that look like them. No case passes.
# exercise: errors; styles: pytest
from _pytest.outcomes import Exit, Skipped, XFailed

turn = 0


class InsufficientFunds(Skipped):
    pass


def withdraw(*args):
    global turn
    turn += 1
    raise (Skipped("no"), Exit("no", 0), XFailed("no"), InsufficientFunds("no"))[turn % 4]


parse_age = withdraw
