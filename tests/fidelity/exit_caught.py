import sys

try:
    sys.exit(5)
except SystemExit as error:
    print(repr(error), error.code, error.args)
try:
    exit()
except SystemExit as error:
    print(repr(error))
print("went on")
