import sys
import traceback


def inner():
    raise LookupError("inside")


def outer():
    inner()


try:
    outer()
except LookupError:
    traceback.print_exc(file=sys.stdout)
    traceback.print_exc(limit=1)
    print(traceback.format_exc().count("\n"))
    print([frame.name for frame in traceback.extract_tb(sys.exc_info()[2])])
    print([frame.line for frame in traceback.extract_tb(sys.exc_info()[2])])
traceback.print_stack()
traceback.print_stack(file=sys.stdout)
