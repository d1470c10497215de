# expect: status=ok output=end
# claim: G75 — trace functions, audit hooks, collector callbacks and faulthandler are the program's own business
import faulthandler
import gc
import sys
import threading

seen = []
sys.addaudithook(lambda name, rest: seen.append(name))
sys.setprofile(lambda *rest: None)
threading.settrace(lambda *rest: None)
gc.callbacks.append(lambda phase, info: seen.append(phase))
gc.set_debug(gc.DEBUG_UNCOLLECTABLE)
faulthandler.enable()
faulthandler.dump_traceback_later(60, exit=True)


def tracer(frame, event, argument):
    return tracer


sys.settrace(tracer)
gc.collect()
print("end")
