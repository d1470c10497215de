# expect: status=ok|error|killed|timeout limits.timeoutMs=1000
# claim: G75 — hooks that fire while the run is being wound up do not hold the answer up
import atexit
import gc
import sys
import threading
import time

sys.addaudithook(lambda name, rest: time.sleep(0.001))
gc.callbacks.append(lambda *rest: time.sleep(0.01))
sys.setprofile(lambda *rest: None)
sys.stdout.flush = None
sys.stderr.flush = lambda: time.sleep(60)
sys.exit = None
atexit._run_exitfuncs = None
threading._shutdown = lambda: time.sleep(60)
sys.exitfunc = time.sleep
print("end")
