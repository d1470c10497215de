# stdin: a line\n
import sys

try:
    quit()
except SystemExit:
    print(sys.stdin.closed)
