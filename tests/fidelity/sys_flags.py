import sys

print(sys.flags)
print(getattr(sys, "orig_argv", [0, "main.py"])[1:], sys.warnoptions, sys._xoptions)
print(sys.dont_write_bytecode, sys.getrecursionlimit(), sys.getswitchinterval(), sys.byteorder, sys.maxsize)
