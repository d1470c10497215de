assert shout("hey") == "HEY!"
assert "HEY" in shout("hey")
assert shout("ada").startswith("ADA")
assert vowels("banana") == 3
assert starter.initials("Ada Lovelace") == "AL"
assert initials("Grace Brewster Hopper").lower() == "gbh"
assert shout("a") + shout("b") == "A!B!"
assert vowels("aeiou") in (5, 6)
