import atexit


def handler():
    print("must not run")


atexit.register(handler)
atexit.register(handler)
atexit.unregister(handler)
print("main ends")
