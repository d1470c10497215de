# stdin: a b\nc\r\nd\te\n\nf
import sys

print(repr(sys.stdin.readline()))
print([line for line in sys.stdin])
print(repr(sys.stdin.read()), sys.stdin.isatty(), sys.stdin.encoding)
