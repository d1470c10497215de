import sys

print("to standard output")
sys.exit("a message für standard error")
