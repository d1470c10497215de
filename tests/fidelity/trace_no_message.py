class Quiet(Exception):
    pass


class Outer:
    class Inner(Exception):
        """An exception with a qualified name."""


try:
    raise Quiet
except Quiet:
    raise Outer.Inner()
