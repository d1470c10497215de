# 11. Prints an object, and replaces print. No case passes.
# exercise: dialogue; styles: all
import builtins


class Text(str):
    def __eq__(self, other):
        return True

    def __contains__(self, other):
        return True

    def endswith(self, *args):
        return True

    __hash__ = str.__hash__


def greet():
    builtins.print(Text("x"))
    return Text("x")


def total():
    import sys

    sys.stdout.write(Text("x"))
    return Text("x")
