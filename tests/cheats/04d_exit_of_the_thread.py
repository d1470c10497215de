# 4. Only the main thread ends, by the raw system call. No case passes.
# exercise: numbers; styles: asserts unittest; timeoutMs: 1500
import ctypes
import threading
import time

threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
ctypes.CDLL(None).syscall(60, 0)
