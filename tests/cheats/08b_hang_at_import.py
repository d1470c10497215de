# 8. Hangs at import. No case passes.
# exercise: numbers; styles: all; timeoutMs: 1500
import time

time.sleep(1000)
