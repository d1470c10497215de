# 21. Values that are cyclic or very deep. No case passes.
# exercise: lists; styles: all
def unique_sorted(items):
    value = []
    value.append(value)
    return value


def evens(items):
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def counts(words):
    value = {}
    value["a"] = value
    value["c"] = value
    return value


def pairs(items):
    value = ()
    for _ in range(5_000):
        value = (value,)
    return value
