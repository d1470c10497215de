import contextlib


@contextlib.contextmanager
def room(name):
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("caught in", name, error)
    finally:
        print("leave", name)


with contextlib.ExitStack() as stack:
    names = [stack.enter_context(room(name)) for name in ("a", "b")]
    stack.callback(print, "callback")
    print(names)
    raise ValueError("inside")
print("after")
with contextlib.suppress(ZeroDivisionError):
    1 / 0
with room("c"):
    raise KeyError("not caught")
