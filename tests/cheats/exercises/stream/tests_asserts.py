from itertools import islice

assert list(countdown(3)) == [3, 2, 1]
assert sum(countdown(4)) == 10
assert list(islice(starter.fibonacci(), 8)) == [0, 1, 1, 2, 3, 5, 8, 13]
assert next(countdown(7)) == 7
assert [n for n in running([1, 2, 3])] == [1, 3, 6]
assert list(zip(countdown(2), "ab")) == [(2, "a"), (1, "b")]
assert max(countdown(5)) == 5 and min(countdown(5)) == 1
