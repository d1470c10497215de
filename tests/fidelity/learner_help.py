help(len)


def area(radius: float, *, pi: float = 3.14) -> float:
    """The area of a circle.

    radius: in metres
    """
    return pi * radius**2


help(area)


class Pet:
    """A pet."""

    def speak(self):
        "Speaks."


help(Pet)
help("keyword that does not exist")
