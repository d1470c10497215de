import inspect


class Shape:
    """A shape."""

    def area(self):
        """Its area."""
        return 0


def square(x):
    # a comment
    return x * x


print(inspect.getsource(square), end="")
print(inspect.getsource(Shape), end="")
print(inspect.getsourcelines(Shape.area))
print(inspect.getdoc(Shape.area), inspect.getcomments(square), inspect.signature(square))
print(inspect.getsourcefile(square).rsplit("/", 1)[-1], inspect.getmodule(square).__name__, inspect.getfile(Shape).rsplit("/", 1)[-1])
print(len(inspect.getsource(inspect.getmodule(square)).splitlines()))
