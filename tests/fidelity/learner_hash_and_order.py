print(hash(1), hash(1.0), hash(2**61), hash(-1), hash((1, 2)) == hash((1, 2)), hash(None) == hash(None), hash(True))
print({1, 2, 3, 10, 5}, {"b": 1, "a": 2}, list(dict.fromkeys("hello")), sorted({"x", "y", "z"}))
print(hash("a") == hash("a"), len({"a", "b", "a"}), set() or "empty", {*()} == set())
