# expect: status=killed|error signal=6
# claim: G74 — a fatal error of the interpreter is a signal, told as such
import ctypes

ctypes.pythonapi.Py_FatalError.argtypes = [ctypes.c_char_p]
ctypes.pythonapi.Py_FatalError(b"on purpose")
