# expect: status=killed|error signal=11
# claim: G74 — a write to read-only memory is a signal, told as such
import ctypes

ctypes.memset(ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p).value, 0x90, 4096)
