assert tip(80, 10) == 8.0
assert tip(50, 0) == 0
assert tip(33.33, 15) == 5.0
assert share(80, 10, 4) == 22.0
assert share(100, 0, 3) == 33.33
assert share(60, 20, 1) == 72.0
