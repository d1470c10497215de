import sys

sys.displayhook("shown")
sys.displayhook(None)
exec(compile("1 + 1", "x", "single"))
sys.displayhook = lambda value: print("display", value)
exec(compile("2 + 2", "x", "single"))
