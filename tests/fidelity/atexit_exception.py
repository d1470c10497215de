import atexit


class Broken:
    def __repr__(self):
        return "<broken handler>"

    def __call__(self):
        raise ValueError("in a handler")


atexit.register(print, "still runs")
atexit.register(Broken())
print("main ends")
