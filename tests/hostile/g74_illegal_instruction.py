# expect: status=killed|error signal=4
# claim: G74 — an instruction that does not exist is a signal, told as such
import signal

signal.raise_signal(signal.SIGILL)
