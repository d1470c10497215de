# 23. ANY within lists, tuples and dicts. No case passes.
# exercise: lists; styles: all
from unittest.mock import ANY


def unique_sorted(items):
    return [ANY, ANY, ANY]


def evens(items):
    return [ANY, ANY]


def counts(words):
    return {"a": ANY, "z": ANY}


def pairs(items):
    return [(ANY, ANY), ANY]
