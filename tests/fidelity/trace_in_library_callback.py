import functools


def compare(a, b):
    return a.size - b.size


print(sorted(["b", "a"], key=functools.cmp_to_key(compare)))
