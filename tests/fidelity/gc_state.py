import gc
import threading

print(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.callbacks, gc.garbage)
print(threading.active_count(), threading.stack_size(), threading.gettrace() if hasattr(threading, "gettrace") else None)
