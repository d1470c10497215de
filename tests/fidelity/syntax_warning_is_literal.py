x = 5
if x is 5:
    print("five")
print(() is ())
assert (x, "always true")
print("a" "b" is not "ab")
