import starter


def compare(name, actual, expected):
    assert actual == expected, name


compare("unique_sorted", starter.unique_sorted([3, 1, 2, 3]), [1, 2, 3])
compare("evens", starter.evens([1, 2, 3, 4]), [2, 4])
compare("counts", starter.counts(["b", "a", "b"]), {"a": 1, "b": 2})
compare("pairs", starter.pairs([1, 2, 3]), [(1, 2), (2, 3)])
print("All tests passed. OK")
