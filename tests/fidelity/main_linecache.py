import linecache

print(repr(linecache.getline(__file__, 3)), repr(linecache.getline("main.py", 1)), repr(linecache.getline(__file__, 99)))
print(open(__file__).read() == "".join(linecache.getlines(__file__)))
