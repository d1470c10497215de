import inspect
import sys


def f():
    return g()


def g():
    depth = 0
    frame = sys._getframe()
    names = []
    while frame:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
        depth += 1
    return depth, names


print(f())
print(len(inspect.stack()))
print([frame.function for frame in inspect.stack()])
print(sys._getframe().f_back)
try:
    sys._getframe(1)
except ValueError as error:
    print(error)
print([frame.lineno for frame in inspect.stack()], sys._getframe().f_lineno)
