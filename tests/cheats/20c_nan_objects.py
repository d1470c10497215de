# 20. One NaN object in lists and dicts, where identity counts. No case passes.
# exercise: lists; styles: all
NAN = float("nan")


def unique_sorted(items):
    return [NAN]


def counts(words):
    return {"a": NAN, NAN: NAN}


evens = pairs = unique_sorted
