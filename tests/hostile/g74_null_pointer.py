# expect: status=killed|error signal=11
# claim: G74 — a read of address 0 is a signal, told as such
import ctypes

ctypes.string_at(0)
