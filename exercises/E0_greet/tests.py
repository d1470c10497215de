assert greet("Ada") == "Hello, Ada!"
assert greet("Bo") == "Hello, Bo!"
assert greet("Grace Hopper") == "Hello, Grace Hopper!"
assert greet("") == "Hello, !"
