data = [3, 1, 2, 3]
expected = sorted(set(data))
words = ["b", "a", "b"]

assert unique_sorted([5, 4, 5]) == [4, 5]
assert unique_sorted(list(data)) == expected
assert evens([1, 2, 3, 4]) == [2, 4]
assert counts(words) == {"a": 1, "b": 2}
assert counts(["x"]).get("x") == 1
assert starter.pairs([1, 2, 3]) == [(1, 2), (2, 3)]
assert len(evens(range(10))) == 5 and set(evens(range(10))) == {0, 2, 4, 6, 8}
assert sorted(pairs("abc")) == [("a", "b"), ("b", "c")]
assert [1, 2, 3] == unique_sorted(data)
assert unique_sorted(data) == sorted(set(data))
