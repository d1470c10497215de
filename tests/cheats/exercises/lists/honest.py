def unique_sorted(items):
    return sorted(set(items))


def evens(items):
    return [item for item in items if item % 2 == 0]


def counts(words):
    found = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def pairs(items):
    return list(zip(items, items[1:]))
