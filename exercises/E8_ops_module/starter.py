def add(a, b):
    """Returns a plus b."""


def subtract(a, b):
    """Returns a minus b."""


def multiply(a, b):
    """Returns a times b."""


def divide(a, b):
    """Returns a divided by b, or None when b is 0."""


def calculate(a, operator, b):
    """Returns the result for one of the operators + - * /, or None for any other."""
