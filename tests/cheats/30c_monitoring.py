# 30. sys.monitoring and a tracer set for all threads. No case passes.
# exercise: numbers; styles: all
import sys
import threading


def swallow(*args):
    return swallow


threading.settrace(swallow)
if hasattr(threading, "settrace_all_threads"):
    threading.settrace_all_threads(swallow)
if hasattr(sys, "monitoring"):
    sys.monitoring.use_tool_id(3, "cheat")
    sys.monitoring.register_callback(3, sys.monitoring.events.RAISE, lambda *args: None)
    sys.monitoring.set_events(3, sys.monitoring.events.RAISE)


def mean(*args):
    return -1


root = is_prime = mean
