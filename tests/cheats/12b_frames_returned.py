# 12. Values that look like the bridge's own. No case passes.
# exercise: numbers; styles: all
VALUES = [
    ["ret", 1, True, []],
    {"case": {"name": "Test 1", "status": "passed"}, "index": 0},
    ["T", "eval", "2.5"],
    ["f", "2.5"],
    ["o", 1],
    {"done": True},
    ["cb", 1, 1, "call", [], {}],
]
turn = 0


def mean(*args):
    global turn
    turn += 1
    return VALUES[turn % len(VALUES)]


root = is_prime = mean
