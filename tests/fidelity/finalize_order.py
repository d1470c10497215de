import atexit
import weakref


class Thing:
    pass


thing = Thing()
weakref.finalize(thing, print, "finalize thing")
atexit.register(print, "atexit")
other = Thing()
weakref.finalize(other, print, "finalize other")
del other
print("main ends")
