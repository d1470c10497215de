# 22. The argument itself. No case passes.
# exercise: lists; styles: all
def unique_sorted(items):
    return items


def evens(items):
    return items


def counts(words):
    return words


def pairs(items):
    return items
