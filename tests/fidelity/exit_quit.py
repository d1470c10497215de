print(quit, exit)
print(repr(copyright)[:9])
quit(2)
