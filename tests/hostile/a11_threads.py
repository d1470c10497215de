# expect: status=ok|memory_limit output=blocked
# claim: A11 — threads for ever: an exception at the limit
import os
import sys
import threading
import time

threading.stack_size(65536)
count = 0
try:
    while count < 3000:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        count += 1
except (RuntimeError, MemoryError, OSError):
    pass
print(f"HOLE: {count} threads" if count >= 3000 else "blocked")
sys.stdout.flush()
os._exit(0)
