import faulthandler
import sys

print(faulthandler.is_enabled())
faulthandler.enable()
print(faulthandler.is_enabled())


def f():
    faulthandler.dump_traceback(file=sys.stdout.fileno(), all_threads=False)


sys.stdout.flush()
f()
faulthandler.disable()
