# 26. sum, next, list, max, min and zip patched and defined. No case passes.
# exercise: stream; styles: all
import builtins


class Liar:
    __eq__ = lambda self, other: True


for name in ("sum", "next", "list", "max", "min", "zip"):
    globals()[name] = lambda *args: Liar()
    setattr(builtins, name, globals()[name])


def countdown(*args):
    yield Liar()


fibonacci = running = countdown
