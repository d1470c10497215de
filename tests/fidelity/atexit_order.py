import atexit


@atexit.register
def first():
    print("registered first, runs last")


atexit.register(print, "second", sep="-")
atexit.register(print, "third", end="!\n")
print("main ends")
