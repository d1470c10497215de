# 22. Empties the argument and returns it, so that what is computed from it is empty, too. Wrong in each case.
# exercise: lists; styles: all
def unique_sorted(items):
    if isinstance(items, list):
        items.clear()
    return items


evens = counts = pairs = unique_sorted
