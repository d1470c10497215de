# args: one "two words" --flag=3 '' ü
import sys

print(sys.argv)
print(sys.argv[0], len(sys.argv))
