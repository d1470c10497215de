# expect: status=ok|error|killed
# claim: F62 — objects that every interpreter shares, changed in memory by one run, are as new in the next
import ctypes
import sys

DIGITS = 24
number = 200
ctypes.memmove(id(number) + DIGITS, b"\x07\0\0\0", 4)
text = "spam"
ctypes.memset(id(text) + sys.getsizeof(text) - len(text) - 1, 0x7A, 1)
letter = b"a"
ctypes.memset(id(letter) + sys.getsizeof(letter) - 2, 0x7A, 1)
